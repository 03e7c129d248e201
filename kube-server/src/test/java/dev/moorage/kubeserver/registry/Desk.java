package dev.moorage.kubeserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.base.Entropy;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.Target;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.registry.Verb.Page;
import dev.moorage.kubeserver.registry.Verb.Patching;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.MemoryLog;
import dev.moorage.kubeserver.store.TreeJson;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A registry in memory, and short ways to ask it things in JSON.
final class Desk {
  private final SimTasks tasks = SimTasks.plain();
  private final Group group = tasks.group("server");
  private final Entropy entropy = new SimEntropy(1);
  private final Log log = new MemoryLog();
  private Registry registry;
  private Writing writing = Writing.STRICT;

  Desk() {
    registry = Registry.open(group, log, entropy, Settings.DEFAULT);
  }

  static Desk remembering(int writes) {
    var desk = new Desk();
    desk.registry =
        Registry.open(desk.group, desk.log, desk.entropy, Settings.DEFAULT.remembering(writes));
    return desk;
  }

  Registry registry() {
    return registry;
  }

  Desk writing(Writing other) {
    writing = other;
    return this;
  }

  /// Single quotes stand for double ones.
  static Tree json(String text) {
    return TreeJson.read(text.replace('\'', '"'));
  }

  static String text(Tree tree) {
    return TreeJson.write(tree).replace('"', '\'');
  }

  Answer ask(Target target, Verb verb) {
    return registry.handle(new Request("test", target, verb, writing));
  }

  static Target named(Kind<?> kind, String key) {
    int slash = key.indexOf('/');
    return Target.of(
        kind,
        slash < 0
            ? ObjectKey.cluster(key)
            : new ObjectKey(key.substring(0, slash), key.substring(slash + 1)));
  }

  Tree create(Kind<?> kind, String object) {
    var tree = json(object);
    var namespace = kind.namespaced() ? tree.text("metadata", "namespace") : "";
    var target = Target.in(kind, kind.namespaced() && namespace.isEmpty() ? "default" : namespace);
    return one(ask(target, new Verb.Create(Body.of(tree))));
  }

  Tree get(Kind<?> kind, String key) {
    return one(ask(named(kind, key), new Verb.Get("")));
  }

  Tree update(Kind<?> kind, String key, Tree object) {
    return one(ask(named(kind, key), new Verb.Update(Body.of(object))));
  }

  Tree merge(Kind<?> kind, String key, String patch) {
    return one(ask(named(kind, key), new Verb.Change(new Patching.Merge(Body.of(json(patch))))));
  }

  Tree mergeStatus(Kind<?> kind, String key, String patch) {
    return one(
        ask(
            named(kind, key).sub("status"),
            new Verb.Change(new Patching.Merge(Body.of(json(patch))))));
  }

  Tree delete(Kind<?> kind, String key) {
    return one(ask(named(kind, key), new Verb.Delete(Deletion.ANY)));
  }

  Answer.Many list(Kind<?> kind, Selection selection, Page page) {
    return (Answer.Many) ask(Target.in(kind, ""), new Verb.List(selection, page));
  }

  List<String> names(Kind<?> kind, Selection selection) {
    return list(kind, selection, Page.ALL).items().stream()
        .map(object -> object.text("metadata", "name"))
        .toList();
  }

  Feed watch(Kind<?> kind, Selection selection, String since, boolean bookmarks) {
    return ((Answer.Watching) ask(Target.in(kind, ""), new Verb.Watch(selection, since, bookmarks)))
        .feed();
  }

  static Tree one(Answer answer) {
    return ((Answer.One) answer).tree();
  }

  static KubeException refused(Reason reason, String message, ThrowingCallable call) {
    var refusal = catchThrowableOfType(KubeException.class, call);
    assertThat(refusal).as(message).isNotNull();
    assertThat(refusal.getMessage()).contains(message);
    assertThat(refusal.reason()).isEqualTo(reason);
    return refusal;
  }
}
