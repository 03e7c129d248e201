package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.Target;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.registry.Verb.Page;
import java.util.List;

/// What stands in every namespace from its start: the service account `default` and, once somebody
/// serves the registry, the certificate that clients trust. What a user takes away comes back with
/// the next start.
final class Furniture {
  private static final String USER = "system:moorage:registry";
  private static final String ROOT = "kube-root-ca.crt";

  private final Registry registry;
  private volatile String rootCertificate = "";

  Furniture(Registry registry) {
    this.registry = registry;
  }

  /// The first namespaces, and what stands in all that there are.
  void open() {
    for (String name : List.of("default", "kube-system"))
      make(Kinds.NAMESPACE, "", Tree.object("metadata", Tree.object("name", name)));
    standEverywhere();
  }

  void trust(String certificate) {
    rootCertificate = certificate;
    standEverywhere();
  }

  private void standEverywhere() {
    if (ask(Target.in(Kinds.NAMESPACE, ""), new Verb.List(Selection.ALL, Page.ALL))
        instanceof Answer.Many(var namespaces, _, _, _))
      namespaces.forEach(namespace -> standIn(namespace.text("metadata", "name")));
  }

  /// A part that cannot be made now is left for the next start: the namespace itself is there.
  void standIn(String namespace) {
    try {
      make(Kinds.SERVICE_ACCOUNT, namespace, named("default"));
      if (!rootCertificate.isEmpty()) makeRoot(namespace);
    } catch (KubeException notNow) {
      // The namespace is terminating, or the disk is full.
    }
  }

  private void makeRoot(String namespace) {
    var certificate = Tree.object("ca.crt", rootCertificate);
    var map = named(ROOT).with(certificate, "data");
    var there = make(Kinds.CONFIG_MAP, namespace, map);
    if (there.at("data").equals(certificate)) return;
    var target = Target.of(Kinds.CONFIG_MAP, new ObjectKey(namespace, ROOT));
    ask(target, new Verb.Update(Body.of(map)));
  }

  private static Tree named(String name) {
    return Tree.object("metadata", Tree.object("name", name));
  }

  /// The object that is there, or was made.
  private Tree make(Kind<?> kind, String namespace, Tree object) {
    var key = new ObjectKey(namespace, object.text("metadata", "name"));
    try {
      return one(ask(Target.of(kind, key), new Verb.Get("")));
    } catch (KubeException e) {
      if (!e.isNotFound()) throw e;
      return one(ask(Target.in(kind, namespace), new Verb.Create(Body.of(object))));
    }
  }

  private Answer ask(Target target, Verb verb) {
    return registry.handle(new Request(USER, target, verb, Writing.STRICT));
  }

  private static Tree one(Answer answer) {
    if (answer instanceof Answer.One(var tree, _, _)) return tree;
    throw new IllegalStateException("one object was asked for");
  }
}
