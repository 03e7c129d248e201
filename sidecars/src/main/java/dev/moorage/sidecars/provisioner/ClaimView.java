package dev.moorage.sidecars.provisioner;

import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import dev.moorage.sidecars.provisioner.TopologyChoice.Places;

/// The facts of one claim, as far as provisioning goes.
///
/// @param recorded whether the claim's PersistentVolume exists (or the claim is bound to it)
record ClaimView(
    PersistentVolumeClaim claim,
    Noted noted,
    ClassFound storageClass,
    boolean recorded,
    Serving serving,
    Places places) {

  private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String PROVISIONER_BETA = "volume.beta.kubernetes.io/storage-provisioner";
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  static final String SELECTED_NODE_ALPHA = "volume.alpha.kubernetes.io/selected-node";

  /// What the claim says of a volume that may exist.
  sealed interface Noted {
    /// Nothing was begun.
    record Nothing() implements Noted {}

    /// A call may be running.
    record Begun(Intent intent) implements Noted {}

    /// Finalizer without a readable annotation: somebody has changed it.
    record Damaged() implements Noted {}
  }

  /// The claim's class.
  sealed interface ClassFound {
    /// It exists.
    record Existing(StorageClass storageClass) implements ClassFound {}

    /// It does not, or the claim names none.
    record Missing() implements ClassFound {}
  }

  /// Reads what a claim carries.
  static Noted noted(PersistentVolumeClaim claim) {
    var text = claim.meta().annotation(Intent.ANNOTATION);
    // An annotation that the finalizer does not hold was never followed by a call: both are
    // written in one change.
    if (!claim.meta().hasFinalizer(Intent.FINALIZER)) return new Noted.Nothing();
    return IntentText.read(text).<Noted>map(Noted.Begun::new).orElse(new Noted.Damaged());
  }

  /// The provisioner that the claim asks for; empty while it asks for none.
  static String provisioner(PersistentVolumeClaim claim) {
    var name = claim.meta().annotation(PROVISIONER);
    return name.isEmpty() ? claim.meta().annotation(PROVISIONER_BETA) : name;
  }

  /// The node that was selected for the claim; empty while there is none.
  static String selectedNode(PersistentVolumeClaim claim) {
    var node = claim.meta().annotation(SELECTED_NODE);
    return node.isEmpty() ? claim.meta().annotation(SELECTED_NODE_ALPHA) : node;
  }

  boolean asksForUs() {
    return provisioner(claim).equals(serving.driver().name());
  }

  /// Whether nobody waits for the volume any more: the claim goes away, or has another volume.
  boolean unwanted() {
    return claim.meta().deleting() || !claim.volumeName().isEmpty();
  }
}
