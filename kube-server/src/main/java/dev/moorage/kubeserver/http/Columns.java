package dev.moorage.kubeserver.http;

import static dev.moorage.kubeserver.http.Column.AGE;
import static dev.moorage.kubeserver.http.Column.NAME;
import static dev.moorage.kubeserver.http.Column.number;
import static dev.moorage.kubeserver.http.Column.text;
import static dev.moorage.kubeserver.http.Column.truth;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;

/// The columns of each kind, as a real API server draws them.
final class Columns {
  private Columns() {}

  static List<Column> of(Kind<?> kind) {
    if (kind.sameAs(Kinds.POD)) return PodColumns.ALL;
    if (kind.sameAs(Kinds.NODE)) return NodeColumns.ALL;
    if (kind.sameAs(Kinds.CLAIM)) return CLAIM;
    if (kind.sameAs(Kinds.VOLUME)) return VOLUME;
    if (kind.sameAs(Kinds.STORAGE_CLASS)) return STORAGE_CLASS;
    if (kind.sameAs(Kinds.ATTACHMENT)) return ATTACHMENT;
    if (kind.sameAs(Kinds.CSI_DRIVER)) return CSI_DRIVER;
    if (kind.sameAs(Kinds.CSI_NODE)) return CSI_NODE;
    if (kind.sameAs(Kinds.NAMESPACE)) return NAMESPACE;
    if (kind.sameAs(Kinds.EVENT)) return EVENT;
    if (kind.sameAs(Kinds.SECRET)) return SECRET;
    if (kind.sameAs(Kinds.CONFIG_MAP)) return CONFIG_MAP;
    if (kind.sameAs(Kinds.SERVICE_ACCOUNT)) return List.of(NAME, AGE);
    if (kind.sameAs(Kinds.LEASE)) return LEASE;
    if (kind.sameAs(Kinds.ATTRIBUTES_CLASS)) return ATTRIBUTES_CLASS;
    return ANY;
  }

  private static final List<Column> ANY =
      List.of(
          NAME,
          new Column(
              "Created At",
              "date",
              "",
              false,
              (object, _) -> object.at("metadata", "creationTimestamp")));

  // Claims and volumes

  private static final List<Column> CLAIM =
      List.of(
          NAME,
          text("Status", Columns::phase),
          text("Volume", claim -> claim.text("spec", "volumeName")),
          text(
              "Capacity",
              claim -> isBound(claim) ? claim.text("status", "capacity", "storage") : ""),
          text("Access Modes", claim -> isBound(claim) ? modes(claim.at("status")) : ""),
          text("StorageClass", Columns::storageClass),
          text("VolumeAttributesClass", Columns::attributesClass),
          AGE,
          text("VolumeMode", Columns::volumeMode).onlyWide());

  private static final List<Column> VOLUME =
      List.of(
          NAME,
          text("Capacity", volume -> volume.text("spec", "capacity", "storage")),
          text("Access Modes", volume -> modes(volume.at("spec"))),
          text("Reclaim Policy", volume -> volume.text("spec", "persistentVolumeReclaimPolicy")),
          text("Status", Columns::phase),
          text("Claim", Columns::claim),
          text("StorageClass", Columns::storageClass),
          text("VolumeAttributesClass", Columns::attributesClass),
          text("Reason", volume -> volume.text("status", "reason")),
          AGE,
          text("VolumeMode", Columns::volumeMode).onlyWide());

  private static boolean isBound(Tree claim) {
    return !claim.text("spec", "volumeName").isEmpty();
  }

  static String phase(Tree object) {
    return object.at("metadata", "deletionTimestamp").isNothing()
        ? object.text("status", "phase")
        : "Terminating";
  }

  private static String modes(Tree part) {
    var given = part.textList("accessModes");
    var shown = new ArrayList<String>();
    if (given.contains("ReadWriteOnce")) shown.add("RWO");
    if (given.contains("ReadOnlyMany")) shown.add("ROX");
    if (given.contains("ReadWriteMany")) shown.add("RWX");
    if (given.contains("ReadWriteOncePod")) shown.add("RWOP");
    return String.join(",", shown);
  }

  private static String storageClass(Tree object) {
    var annotations = object.textMap("metadata", "annotations");
    return annotations.getOrDefault(
        "volume.beta.kubernetes.io/storage-class", object.text("spec", "storageClassName"));
  }

  private static String attributesClass(Tree object) {
    return orElse("<unset>", object.text("spec", "volumeAttributesClassName"));
  }

  private static String volumeMode(Tree object) {
    return orElse("<unset>", object.text("spec", "volumeMode"));
  }

  private static String claim(Tree volume) {
    var claim = volume.at("spec", "claimRef");
    return claim.isNothing() ? "" : claim.text("namespace") + "/" + claim.text("name");
  }

  static String orElse(String otherwise, String text) {
    return text.isEmpty() ? otherwise : text;
  }

  // Of storage.k8s.io

  private static final List<Column> STORAGE_CLASS =
      List.of(
          new Column("Name", "string", "name", false, (one, _) -> Tree.of(className(one))),
          text("Provisioner", one -> one.text("provisioner")),
          text("ReclaimPolicy", one -> orElse("Delete", one.text("reclaimPolicy"))),
          text("VolumeBindingMode", one -> orElse("Immediate", one.text("volumeBindingMode"))),
          truth("AllowVolumeExpansion", one -> one.truth(false, "allowVolumeExpansion")),
          AGE);

  private static String className(Tree storageClass) {
    var annotations = storageClass.textMap("metadata", "annotations");
    boolean isDefault =
        "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"))
            || "true".equals(annotations.get("storageclass.beta.kubernetes.io/is-default-class"));
    return storageClass.text("metadata", "name") + (isDefault ? " (default)" : "");
  }

  private static final List<Column> ATTACHMENT =
      List.of(
          NAME,
          new Column("Attacher", "string", "name", false, (one, _) -> one.at("spec", "attacher")),
          text("PV", one -> one.text("spec", "source", "persistentVolumeName")),
          text("Node", one -> one.text("spec", "nodeName")),
          truth("Attached", one -> one.truth(false, "status", "attached")),
          AGE);

  private static final List<Column> CSI_DRIVER =
      List.of(
          NAME,
          truth("AttachRequired", one -> one.truth(true, "spec", "attachRequired")),
          truth("PodInfoOnMount", one -> one.truth(false, "spec", "podInfoOnMount")),
          truth("StorageCapacity", one -> one.truth(false, "spec", "storageCapacity")),
          text("TokenRequests", Columns::audiences),
          truth("RequiresRepublish", one -> one.truth(false, "spec", "requiresRepublish")),
          text(
              "Modes",
              one ->
                  orElse("<none>", String.join(",", one.textList("spec", "volumeLifecycleModes")))),
          AGE);

  private static String audiences(Tree driver) {
    var all = driver.at("spec", "tokenRequests").items();
    return orElse(
        "<unset>", String.join(",", all.stream().map(one -> one.text("audience")).toList()));
  }

  private static final List<Column> CSI_NODE =
      List.of(NAME, number("Drivers", one -> (long) one.at("spec", "drivers").items().size()), AGE);

  private static final List<Column> ATTRIBUTES_CLASS =
      List.of(NAME, text("DriverName", one -> one.text("driverName")), AGE);

  // The rest

  private static final List<Column> NAMESPACE =
      List.of(NAME, text("Status", one -> one.text("status", "phase")), AGE);

  private static final List<Column> SECRET =
      List.of(
          NAME,
          text("Type", one -> one.text("type")),
          number("Data", one -> (long) one.at("data").fields().size()),
          AGE);

  private static final List<Column> CONFIG_MAP =
      List.of(
          NAME, number("Data", one -> (long) one.at("data").fields().size() + binaries(one)), AGE);

  private static int binaries(Tree configMap) {
    return configMap.at("binaryData").fields().size();
  }

  private static final List<Column> LEASE =
      List.of(NAME, text("Holder", one -> one.text("spec", "holderIdentity")), AGE);

  private static final List<Column> EVENT =
      List.of(
          Column.aging("Last Seen", (event, now) -> Tree.of(EventTimes.lastSeen(event, now))),
          text("Type", event -> event.text("type")),
          text("Reason", event -> event.text("reason")),
          text("Object", Columns::involved),
          text("Subobject", event -> event.text("involvedObject", "fieldPath")).onlyWide(),
          text("Source", Columns::source).onlyWide(),
          text("Message", event -> event.text("message").strip()),
          Column.aging("First Seen", (event, now) -> Tree.of(EventTimes.firstSeen(event, now)))
              .onlyWide(),
          number("Count", EventTimes::count).onlyWide(),
          new Column("Name", "string", "name", true, (event, _) -> event.at("metadata", "name")));

  private static String involved(Tree event) {
    var kind = event.text("involvedObject", "kind").toLowerCase(java.util.Locale.ROOT);
    var name = event.text("involvedObject", "name");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String source(Tree event) {
    var component = orElse(event.text("reportingComponent"), event.text("source", "component"));
    var host = orElse(event.text("reportingInstance"), event.text("source", "host"));
    return host.isEmpty() ? component : component + ", " + host;
  }
}
