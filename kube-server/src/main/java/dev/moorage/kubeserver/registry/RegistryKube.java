package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import dev.moorage.kubeserver.registry.Request.Target;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.registry.Verb.Page;
import dev.moorage.kubeserver.registry.Verb.Patching;
import java.util.Optional;

/// [Kube] in the registry's own process: thin over its gate. Each write is one outside effect.
public final class RegistryKube implements Kube {
  private final Registry registry;
  private final Tasks tasks;
  private final String user;

  /// @param user who asks, e.g. `system:moorage:resizer`
  public RegistryKube(Registry registry, Tasks tasks, String user) {
    this.registry = registry;
    this.tasks = tasks;
    this.user = user;
  }

  @Override
  public <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key) {
    tasks.refuseTheDead();
    try {
      return Optional.of(kind.read(one(ask(Target.of(kind, key), new Verb.Get("")))));
    } catch (KubeException e) {
      if (e.isNotFound()) return Optional.empty();
      throw e;
    }
  }

  @Override
  public <T extends View> Listed<T> list(Kind<T> kind, Selection selection) {
    tasks.refuseTheDead();
    var target = Target.in(kind, selection.namespace());
    if (ask(target, new Verb.List(selection, Page.ALL))
        instanceof Answer.Many(var items, var version, _, _))
      return new Listed<>(items.stream().map(kind::read).toList(), version);
    throw unexpected();
  }

  @Override
  public <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since) {
    tasks.refuseTheDead();
    var target = Target.in(kind, selection.namespace());
    if (ask(target, new Verb.Watch(selection, since, true)) instanceof Answer.Watching(var feed))
      return new RegistryWatch<>(kind, feed, registry.views(), tasks);
    throw unexpected();
  }

  @Override
  public <T extends View> T create(Kind<T> kind, Tree tree) {
    var target = Target.in(kind, tree.text("metadata", "namespace"));
    var name = tree.text("metadata", "name");
    var shown = name.isEmpty() ? tree.text("metadata", "generateName") + "*" : name;
    return tasks.effect(
        "create",
        on(kind, target.namespace(), shown),
        () -> kind.read(one(ask(target, new Verb.Create(Body.of(tree))))));
  }

  @Override
  public <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return change("change", Target.of(kind, key), kind, new Patching.Named(patch, versionSeen));
  }

  @Override
  public <T extends View> T changeStatus(
      Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return change(
        "changeStatus",
        Target.of(kind, key).sub("status"),
        kind,
        new Patching.Named(patch, versionSeen));
  }

  private <T extends View> T change(String what, Target target, Kind<T> kind, Patching patching) {
    return tasks.effect(
        what,
        on(kind, target.namespace(), target.name()),
        () -> kind.read(one(ask(target, new Verb.Change(patching)))));
  }

  @Override
  public void bind(ObjectKey pod, String uid, String node) {
    var binding =
        Tree.object(
            "metadata",
            Tree.object("name", pod.name(), "namespace", pod.namespace(), "uid", uid),
            "target",
            Tree.object("kind", "Node", "name", node));
    var target = Target.of(Kinds.POD, pod).sub("binding");
    tasks.effect(
        "bind",
        on(Kinds.POD, pod.namespace(), pod.name()),
        () -> ask(target, new Verb.Create(Body.of(binding))));
  }

  @Override
  public void delete(Kind<?> kind, ObjectKey key, Deletion deletion) {
    tasks.effect(
        "delete",
        on(kind, key.namespace(), key.name()),
        () -> ask(Target.of(kind, key), new Verb.Delete(deletion)));
  }

  private Answer ask(Target target, Verb verb) {
    return registry.handle(new Request(user, target, verb, Writing.STRICT));
  }

  private static Tree one(Answer answer) {
    if (answer instanceof Answer.One(var tree, _, _)) return tree;
    throw unexpected();
  }

  private static IllegalStateException unexpected() {
    return new IllegalStateException("the registry answered something else than was asked");
  }

  private static String on(Kind<?> kind, String namespace, String name) {
    return kind.name() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
