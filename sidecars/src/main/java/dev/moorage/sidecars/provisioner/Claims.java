package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Optional;

/// The few reads and writes that provisioning needs. Writes are guarded by the version of the claim
/// that was seen.
interface Claims {

  /// The facts of a claim; empty when it is gone.
  ///
  /// @throws dev.moorage.csi.CsiException when the driver must be asked what it can do, and is
  ///   silent
  Optional<ClaimView> find(ObjectKey key);

  /// Tells the owner of a claim that waits for us why the driver is not asked.
  void silent(ObjectKey key, String why);

  /// Reads a secret now; empty when there is none of this key.
  Optional<Secrets> secrets(ObjectKey reference);

  /// Whether the claim's PersistentVolume exists, asked of the API itself.
  boolean recordedNow(PersistentVolumeClaim claim);

  /// The PersistentVolume of another claim that has this volume.
  Optional<String> holder(PersistentVolumeClaim claim, VolumeId volume);

  /// The same, asked of the API itself.
  Optional<String> holderNow(PersistentVolumeClaim claim, VolumeId volume);

  /// Writes finalizer and annotation.
  void writeIntent(PersistentVolumeClaim claim, Intent intent);

  /// Takes finalizer and annotation off.
  void dropIntent(PersistentVolumeClaim claim);

  /// Takes the selected node off, and the intent with it.
  void giveUpNode(PersistentVolumeClaim claim);

  /// Creates the PersistentVolume, unless it is there already.
  ///
  /// @return whether it is there and is this volume's; if not, another object has its name
  /// @throws dev.moorage.kube.KubeException when the API refuses it
  boolean record(PersistentVolumeClaim claim, Intent intent, Volume volume);

  /// Tells the claim's owner that it goes on.
  void tell(PersistentVolumeClaim claim, String reason, String message);

  /// Tells the claim's owner that it went wrong.
  void warn(PersistentVolumeClaim claim, String reason, String message);
}
