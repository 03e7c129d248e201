package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import java.util.List;
import java.util.Map;

/// The facts of one volume on this node.
///
/// @param source what is known of the volume itself
/// @param pods the pods here that want it or have something of it on this host
/// @param inUse whether the node's status says that the volume is in use
/// @param staged what stands at its global path
record VolumeView(
    Source source,
    List<PodUse> pods,
    boolean inUse,
    Attachment attachment,
    Staged staged,
    DriverSide driver) {

  VolumeView {
    pods = List.copyOf(pods);
  }

  /// What is known of the volume itself.
  sealed interface Source {
    /// Its PersistentVolume is there.
    ///
    /// @param problem why no pod can use it here; empty for none
    /// @param onePodOnly whether it is ReadWriteOncePod
    record OnApi(Identity identity, String problem, boolean onePodOnly, Growth growth)
        implements Source {}

    /// Only this host's files still name it.
    record OnHost(Identity identity) implements Source {}

    /// Nothing says whose it is.
    record Nowhere() implements Source {}
  }

  /// Whether the filesystem must follow a grown volume.
  sealed interface Growth {
    /// Nothing to grow.
    record None() implements Growth {}

    /// The resizer has handed over.
    record Pending(Bytes target) implements Growth {}

    /// Under way, or owed by the classic rule.
    record Due(Bytes target) implements Growth {}
  }

  /// A pod and the volume.
  ///
  /// @param wants whether the pod is to have it now; never while the node rests
  /// @param mayRun whether a process of the pod may still use it
  /// @param readOnly whether the pod asked for it read-only
  record PodUse(
      String uid, ObjectKey pod, boolean wants, boolean mayRun, boolean readOnly, Shown shown) {

    /// Whether anything of it is on this host.
    boolean isShown() {
      return shown != Shown.NOWHERE;
    }
  }

  /// What stands at a pod's published path.
  enum Shown {
    NOWHERE,
    /// An empty folder that a crash has left.
    FOLDER,
    /// The data file or a mount is there, the end of the call is not recorded: it may have been
    /// lost.
    BEGUN,
    MOUNTED
  }

  /// What stands at the global path.
  enum Staged {
    NOWHERE,
    /// An empty folder that a crash has left.
    FOLDER,
    /// The data file is there, the end of the call is not recorded.
    BEGUN,
    DONE
  }

  /// How far the volume is attached to this node.
  sealed interface Attachment {
    /// The driver needs no attachment, or nothing is to be mounted now.
    record NotNeeded() implements Attachment {}

    /// Not yet.
    record Waiting(String why) implements Attachment {}

    /// Attached, and reported so by the attach/detach controller.
    record Ready(Map<String, String> publishContext) implements Attachment {
      public Ready {
        publishContext = Map.copyOf(publishContext);
      }
    }
  }

  /// The volume's driver on this node.
  sealed interface DriverSide {
    /// It is not registered, or does not answer.
    record NotHere(String why) implements DriverSide {}

    /// It is registered.
    record Here(boolean stages, boolean expands) implements DriverSide {}
  }

  boolean wanted() {
    return pods.stream().anyMatch(PodUse::wants);
  }
}
