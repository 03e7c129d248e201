package dev.moorage.kubeclient;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// [Kube] over HTTPS. Each write is one outside effect.
final class RemoteKube implements Kube {
  private final Wire wire;
  private final Writing writing;
  private final Changing changing;
  private final Tasks tasks;

  RemoteKube(Wire wire, Writing writing) {
    this.wire = wire;
    this.writing = writing;
    this.changing = new Changing(wire, this::write);
    this.tasks = wire.group().tasks();
  }

  // Reading

  @Override
  public <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key) {
    tasks.refuseTheDead();
    try {
      return Optional.of(kind.read(wire.ask(Ask.get(Paths.of(kind, key)), Wire::object)));
    } catch (KubeException e) {
      if (e.isNotFound()) return Optional.empty();
      throw e;
    }
  }

  @Override
  public <T extends View> Listed<T> list(Kind<T> kind, Selection selection) {
    tasks.refuseTheDead();
    var views = new ArrayList<T>();
    var read = reader(kind);
    var taker = new Lists.Taker(views::clear, tree -> views.add(read.apply(tree)), (_, _) -> {});
    var version = new Lists(wire).all(Paths.of(kind, selection), Ask.JSON, taker);
    views.sort(Comparator.comparing(View::key));
    return new Listed<>(views, version);
  }

  /// The items of a list don't say what they are.
  private static <T extends View> Function<Tree, T> reader(Kind<T> kind) {
    return tree -> kind.read(typed(kind, tree));
  }

  private static Tree typed(Kind<?> kind, Tree tree) {
    if (!tree.text("kind").isEmpty() && !tree.text("apiVersion").isEmpty()) return tree;
    return tree.with(Tree.of(kind.name()), "kind").with(Tree.of(kind.apiVersion()), "apiVersion");
  }

  @Override
  public <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since) {
    tasks.refuseTheDead();
    return new StreamedWatch<>(wire, Paths.of(kind, selection), Ask.JSON, since, kind::read);
  }

  // Writing

  @Override
  public <T extends View> T create(Kind<T> kind, Tree tree) {
    var meta = tree.at("metadata");
    var name = meta.text("name").isEmpty() ? meta.text("generateName") + "*" : meta.text("name");
    var path = Paths.in(kind, kind.namespaced() ? meta.text("namespace") : "");
    var ask = Ask.write("POST", path, Ask.JSON, TreeJson.write(typed(kind, tree)));
    return kind.read(effect("create", on(kind, meta.text("namespace"), name), ask));
  }

  @Override
  public <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    var target = new Changing.Target(Paths.of(kind, key), "", kind.resource(), key);
    return kind.read(
        tasks.effect(
            "change",
            on(kind, key.namespace(), key.name()),
            () -> changing.change(target, versionSeen, patch)));
  }

  @Override
  public <T extends View> T changeStatus(
      Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    var target = new Changing.Target(Paths.of(kind, key), "/status", kind.resource(), key);
    return kind.read(
        tasks.effect(
            "changeStatus",
            on(kind, key.namespace(), key.name()),
            () -> changing.change(target, versionSeen, patch)));
  }

  @Override
  public void bind(ObjectKey pod, String uid, String node) {
    var binding =
        Tree.object(
            "apiVersion",
            "v1",
            "kind",
            "Binding",
            "metadata",
            Tree.object("name", pod.name(), "namespace", pod.namespace(), "uid", uid),
            "target",
            Tree.object("apiVersion", "v1", "kind", "Node", "name", node));
    var path = Paths.of(Kinds.POD, pod) + "/binding";
    effect(
        "bind",
        on(Kinds.POD, pod.namespace(), pod.name()),
        Ask.write("POST", path, Ask.JSON, TreeJson.write(binding)));
  }

  @Override
  public void delete(Kind<?> kind, ObjectKey key, Deletion deletion) {
    var body = TreeJson.write(options(deletion));
    effect(
        "delete",
        on(kind, key.namespace(), key.name()),
        Ask.write("DELETE", Paths.of(kind, key), Ask.JSON, body));
  }

  private Tree options(Deletion deletion) {
    var options =
        Tree.object("apiVersion", "v1", "kind", "DeleteOptions", "propagationPolicy", "Background");
    if (writing.dryRun()) options = options.with(Tree.texts(List.of("All")), "dryRun");
    if (!deletion.uid().isEmpty())
      options = options.with(Tree.of(deletion.uid()), "preconditions", "uid");
    if (!deletion.version().isEmpty())
      options = options.with(Tree.of(deletion.version()), "preconditions", "resourceVersion");
    return deletion.graceSeconds() < 0
        ? options
        : options.with(Tree.of(deletion.graceSeconds()), "gracePeriodSeconds");
  }

  private Tree effect(String what, String on, Ask ask) {
    return tasks.effect(what, on, () -> write(ask));
  }

  private Tree write(Ask ask) {
    return wire.ask(
        ask.asWriting(writing),
        answer -> {
          var tree = Wire.object(answer);
          Warnings.of(answer).forEach(writing.warnings());
          return tree;
        });
  }

  private static String on(Kind<?> kind, String namespace, String name) {
    return kind.name() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
