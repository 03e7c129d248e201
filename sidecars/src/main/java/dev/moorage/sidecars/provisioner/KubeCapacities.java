package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.Topology;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.provisioner.CapacityView.Amount;
import dev.moorage.sidecars.provisioner.TopologyChoice.Places;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [Capacities] over the API.
final class KubeCapacities implements Capacities {
  private static final Question NOTHING = new Question(Map.of(), List.of());

  private final Actor actor;
  private final CapacityCaches caches;
  private final KnownDriver driver;
  private final CapacityLabels labels;
  private final String namespace;

  KubeCapacities(
      Actor actor,
      CapacityCaches caches,
      KnownDriver driver,
      CapacityLabels labels,
      String namespace) {
    this.actor = actor;
    this.caches = caches;
    this.driver = driver;
    this.labels = labels;
    this.namespace = namespace;
  }

  @Override
  public Question question(String className) {
    var found =
        caches
            .classes()
            .find(ObjectKey.cluster(className))
            .filter(it -> it.provisioner().equals(labels.driver()))
            .filter(StorageClass::waitsForConsumer);
    if (found.isEmpty()) return NOTHING;
    var facts = driver.facts();
    if (!facts.has(ControllerGetCapabilities.Capability.GET_CAPACITY)) return NOTHING;
    // Unknown reserved keys are the claims' trouble: they are told there.
    var parameters = ClassParameters.forDriver(found.get().parameters(), new ArrayList<>());
    return new Question(parameters, places(facts));
  }

  /// A driver without topology has one place that every node reaches.
  private List<Topology> places(KnownDriver.Facts facts) {
    if (!facts.has(GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS))
      return List.of(Topology.NONE);
    var places = new Places(caches.csiNodes().all(), caches.nodes().all());
    return places.csiNodes().stream()
        .flatMap(csiNode -> place(places, csiNode).stream())
        .distinct()
        .sorted(TopologyChoice.ORDER)
        .toList();
  }

  private Optional<Topology> place(Places places, CsiNode csiNode) {
    var keys = places.keys(labels.driver(), csiNode.meta().name());
    if (keys.isEmpty()) return Optional.empty();
    return places.node(csiNode.meta().name()).flatMap(node -> Places.of(node, keys));
  }

  @Override
  public List<StorageCapacity> published(String className) {
    return caches.capacities().all().stream()
        .filter(capacity -> capacity.className().equals(className))
        .toList();
  }

  @Override
  public void create(String className, Amount amount) {
    try {
      actor.kube().create(Kinds.CAPACITY, tree(className, amount));
    } catch (KubeException refused) {
      // A crash, or a lost answer, after an earlier create: the next look corrects the amounts.
      if (!refused.isAlreadyThere()) throw refused;
    }
  }

  /// The name is made of what the object is about, so that a repeated create finds the first.
  private Tree tree(String className, Amount amount) {
    var name =
        "csisc-" + digest(labels.texts() + "\n" + className + "\n" + amount.place().segments());
    var tree =
        Tree.object(
            "apiVersion",
            Kinds.CAPACITY.apiVersion(),
            "kind",
            Kinds.CAPACITY.name(),
            "metadata",
            Tree.object("name", name, "namespace", namespace, "labels", Tree.texts(labels.texts())),
            "storageClassName",
            className,
            "nodeTopology",
            topology(amount.place()),
            "capacity",
            Quantities.text(amount.available()));
    return amount.maximum().isZero()
        ? tree
        : tree.with(Tree.of(Quantities.text(amount.maximum())), "maximumVolumeSize");
  }

  private static Tree topology(Topology place) {
    return place.segments().isEmpty()
        ? Tree.empty()
        : Tree.object("matchLabels", Tree.texts(place.segments()));
  }

  private static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var hash = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  @Override
  public void correct(StorageCapacity object, Amount amount) {
    actor.kube().change(Kinds.CAPACITY, object.key(), object.meta().version(), correction(amount));
  }

  static Patch correction(Amount amount) {
    var patch = Patch.NONE.set(Quantities.text(amount.available()), "capacity");
    return amount.maximum().isZero()
        ? patch.remove("maximumVolumeSize")
        : patch.set(Quantities.text(amount.maximum()), "maximumVolumeSize");
  }

  @Override
  public void remove(StorageCapacity object) {
    try {
      actor.kube().delete(Kinds.CAPACITY, object.key(), Deletion.ofUid(object.meta().uid()));
    } catch (KubeException refused) {
      if (!refused.isNotFound()) throw refused;
    }
  }
}
