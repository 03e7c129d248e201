package dev.moorage.sidecars.attacher;

import dev.moorage.base.ObjectKey;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.VolumeAttachment;
import java.util.Map;
import java.util.Optional;

/// The few reads and writes that attaching needs. Writes are guarded by the version seen.
interface Attachments {

  /// The facts of an attachment; empty when it is gone.
  ///
  /// @throws CsiException when the driver must be asked what it can do, and is silent
  Optional<AttachmentView> find(ObjectKey key);

  /// Says in the status of an attachment of ours why the driver is not asked.
  void silent(ObjectKey key, Failure failure);

  /// The volume's secrets for attaching and detaching, read now; empty when they are named but not
  /// there.
  Optional<Secrets> secrets(PersistentVolume volume);

  /// Adds our finalizer to the volume.
  void hold(PersistentVolume volume);

  /// Adds our finalizer and the node's id to the attachment.
  void hold(VolumeAttachment attachment, NodeId node);

  /// Says in the status that the volume is attached.
  void attached(VolumeAttachment attachment, Map<String, String> publishContext);

  /// Says in the status why it could not be attached, unless it says so already.
  void attachFailed(VolumeAttachment attachment, Failure failure);

  /// Says in the status why it could not be detached, unless it says so already.
  void detachFailed(VolumeAttachment attachment, Failure failure);

  /// Takes our finalizer off.
  void letGo(VolumeAttachment attachment);

  /// Why it failed.
  ///
  /// @param number the CSI code's number; 0 where the driver was not asked
  record Failure(String message, int number) {
    static Failure of(String why) {
      return new Failure(why, 0);
    }

    static Failure of(CsiException failed) {
      return new Failure(failed.code() + ": " + failed.getMessage(), failed.code().number());
    }
  }
}
