package dev.moorage.nodeagent.volumes;

import dev.moorage.base.ObjectKey;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.VolumeAttachment;
import java.util.List;
import java.util.Optional;

/// What volumes read and write of the API.
interface VolumeObjects {
  Optional<PersistentVolume> volume(String name);

  Optional<PersistentVolumeClaim> claim(ObjectKey key);

  /// The pods bound to this node, ordered by key.
  List<Pod> pods();

  /// This node as the cache has it.
  Optional<Node> node();

  /// This node read live: what decides whether a mount may begin.
  Optional<Node> nodeNow();

  /// An attachment read live.
  Optional<VolumeAttachment> attachmentNow(String name);

  Optional<CsiDriver> driver(String name);

  /// A secret's values, read live each time; none for no reference.
  Secrets secrets(Optional<ObjectKey> reference);

  /// A pod's service account, read live.
  String serviceAccount(ObjectKey pod);

  /// Adds a unique volume name to `volumesInUse` of the node's status.
  void reportInUse(String uniqueName);

  /// Takes a unique volume name out of `volumesInUse` of the node's status.
  void forgetInUse(String uniqueName);

  /// Warning `FailedMount` on these pods, counted each time.
  void failedMount(List<ObjectKey> pods, String message);

  /// Warning `FailedUnMount` on these pods and on the volume, counted each time.
  void failedUnmount(String name, List<ObjectKey> pods, String message);

  /// The same, once for a state that is looked at again and again.
  void waitsForDriver(String name, List<ObjectKey> pods, String message);

  /// Warning `FailedMount` on these pods, once for a state that is looked at again and again.
  void blocked(List<ObjectKey> pods, String message);
}
