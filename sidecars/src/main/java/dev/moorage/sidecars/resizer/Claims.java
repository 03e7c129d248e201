package dev.moorage.sidecars.resizer;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Optional;

/// The few reads and writes that resizing needs. Writes are guarded by the version seen.
interface Claims {

  /// The facts of a claim; empty when it is gone.
  ///
  /// @throws dev.moorage.csi.CsiException when the driver must be asked what it can do, and is
  ///   silent
  Optional<ResizeView> find(ObjectKey key);

  /// Tells the owner of a claim that should grow why the driver is not asked.
  void silent(ObjectKey key, String why);

  /// The claim's secrets for expansion, read now; empty when they are named but not there.
  Optional<Secrets> secrets(PersistentVolume volume);

  /// Writes the promised size and "controller resize in progress", and takes earlier errors off.
  void markStarted(PersistentVolumeClaim claim, Bytes target);

  /// Writes the volume's new capacity.
  ///
  /// @param nodeMustFollow notes on the volume what the claim had before
  void grown(
      PersistentVolume volume, Bytes size, boolean nodeMustFollow, PersistentVolumeClaim claim);

  /// Writes that the node has the next move.
  void handToNode(PersistentVolumeClaim claim);

  /// Writes the granted size and takes the progress off.
  void finish(PersistentVolumeClaim claim, Bytes size);

  /// Writes that the last call certainly failed.
  ///
  /// @param hopeless whether the same call will fail again
  void failed(PersistentVolumeClaim claim, CsiException failure, boolean hopeless);

  /// Takes the note of the former size off the volume.
  void forgetFormerSize(PersistentVolume volume);

  /// Tells the claim's owner that it goes on.
  void tell(PersistentVolumeClaim claim, String reason, String message);

  /// Tells the claim's owner that it went wrong.
  void warn(PersistentVolumeClaim claim, String reason, String message);
}
