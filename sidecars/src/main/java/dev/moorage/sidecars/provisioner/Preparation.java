package dev.moorage.sidecars.provisioner;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import dev.moorage.sidecars.provisioner.Intent.Origin;
import dev.moorage.sidecars.provisioner.Intent.Shape;
import dev.moorage.sidecars.provisioner.TopologyChoice.Places;
import dev.moorage.sidecars.provisioner.TopologyChoice.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Turns a claim and its class into the arguments of a CreateVolume, or says why that cannot be.
///
/// Source: external-provisioner, `prepareProvision`; all that is wrong is said at once.
sealed interface Preparation {

  /// Everything is known.
  record Ready(Intent intent) implements Preparation {}

  /// Somebody has to change something first.
  record Refused(String why) implements Preparation {}

  /// Another node has to be chosen.
  record NoSuchNode(String why) implements Preparation {}

  /// What a claim is prepared with.
  ///
  /// @param node the selected node; empty for a claim that binds at once
  record Asked(PersistentVolumeClaim claim, StorageClass storageClass, String node) {}

  /// Prepares.
  static Preparation of(Asked asked, Serving serving, Places places) {
    var faults = new ArrayList<String>();
    var claim = asked.claim();
    notSupported(claim, serving.driver(), faults);
    var templates = new SecretTemplates(Intent.volumeName(claim.meta()), claim.meta());
    var parameters = ClassParameters.of(asked.storageClass().parameters(), templates, faults);
    var shape = shape(asked, parameters, serving, faults);
    if (!faults.isEmpty()) return new Refused(String.join("; ", faults));
    return switch (topology(asked, serving, places)) {
      case TopologyChoice.NoSuchNode(var why) -> new NoSuchNode(why);
      case TopologyChoice.Unavailable(var why) -> new Refused(why);
      case TopologyChoice.Chosen(var requirement) ->
          new Ready(
              new Intent(
                  origin(asked, serving),
                  shape,
                  parameters.forDriver(),
                  requirement,
                  new TreeMap<>(parameters.secrets())));
    };
  }

  private static void notSupported(
      PersistentVolumeClaim claim, KnownDriver.Facts driver, List<String> faults) {
    if (!driver.has(ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME))
      faults.add("driver " + driver.name() + " cannot create volumes");
    if (claim.hasSelector()) faults.add("a claim with a selector is not provisioned");
    if (claim.hasDataSource()) faults.add("volumes with a data source are not made yet");
    if (claim.accessModes().isEmpty()) faults.add("the claim names no access mode");
  }

  private static Origin origin(Asked asked, Serving serving) {
    var storageClass = asked.storageClass();
    var policy = storageClass.reclaimPolicy();
    return new Origin(
        serving.driver().name(),
        storageClass.meta().name(),
        storageClass.meta().uid(),
        policy.isEmpty() ? "Delete" : policy,
        asked.node());
  }

  private static Shape shape(
      Asked asked, ClassParameters parameters, Serving serving, List<String> faults) {
    var claim = asked.claim();
    var fsType =
        parameters.fsType().isEmpty() ? serving.settings().defaultFsType() : parameters.fsType();
    return new Shape(
        claim.requested(),
        claim.block(),
        claim.block() ? "" : fsType,
        asked.storageClass().mountOptions(),
        modes(claim, serving.driver(), faults));
  }

  /// Each access mode alone: the volume must satisfy all of them.
  private static List<AccessMode> modes(
      PersistentVolumeClaim claim, KnownDriver.Facts driver, List<String> faults) {
    boolean multiWriter = driver.has(ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
    var modes = new ArrayList<AccessMode>();
    for (String word : claim.accessModes())
      AccessMode.of(List.of(word), multiWriter)
          .ifPresentOrElse(modes::add, () -> faults.add("access mode " + word + " is unknown"));
    return modes;
  }

  private static TopologyChoice topology(Asked asked, Serving serving, Places places) {
    if (!serving.driver().has(GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS))
      return new TopologyChoice.Chosen(TopologyRequirement.NONE);
    var wish =
        new Wish(
            serving.driver().name(),
            asked.claim().meta().name(),
            asked.node(),
            asked.storageClass().allowedTopologies());
    return TopologyChoice.of(wish, serving.settings().topology(), places);
  }
}
