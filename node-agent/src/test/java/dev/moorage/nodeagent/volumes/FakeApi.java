package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Tree;
import dev.moorage.kube.VolumeAttachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// One claim bound to one volume, on one node with any pods: as small as the rooms' ports allow.
final class FakeApi implements VolumeObjects, Expansions {
  static final String DRIVER = "d.example";
  static final VolumeId HANDLE = new VolumeId("vol-1");
  static final String UNIQUE = Places.uniqueName(DRIVER, HANDLE);
  static final Identity VOLUME = new Identity("pv-1", DRIVER, HANDLE);

  private final Tasks tasks;
  final TreeMap<String, Pod> pods = new TreeMap<>();
  final TreeSet<String> inUse = new TreeSet<>();
  final List<String> events = new ArrayList<>();
  boolean attached = true;
  boolean listed = true;
  boolean volumeThere = true;
  Bytes capacity = Bytes.gibi(1);
  Bytes claimCapacity = Bytes.gibi(1);
  String progress = "";

  FakeApi(Tasks tasks) {
    this.tasks = tasks;
  }

  void pod(String name, boolean deleting) {
    var meta = Tree.object("namespace", "demo", "name", name, "uid", "uid-" + name);
    if (deleting) meta = meta.with(Tree.of("2026-01-01T00:00:00Z"), "deletionTimestamp");
    var volume =
        Tree.object("name", "v", "persistentVolumeClaim", Tree.object("claimName", "data"));
    var mount = Tree.object("name", "v", "mountPath", "/data");
    var container = Tree.object("name", "c", "volumeMounts", Tree.list(List.of(mount)));
    pods.put(
        name,
        Pod.of(
            Tree.object(
                "metadata",
                meta,
                "spec",
                Tree.object(
                    "volumes", Tree.list(List.of(volume)),
                    "containers", Tree.list(List.of(container))))));
  }

  @Override
  public Optional<PersistentVolume> volume(String name) {
    if (!volumeThere || !name.equals("pv-1")) return Optional.empty();
    return Optional.of(
        PersistentVolume.of(
            Tree.object("metadata", Tree.object("name", "pv-1"))
                .with(Tree.of(capacity.toString()), "spec", "capacity", "storage")
                .with(Tree.texts(List.of("ReadWriteOnce")), "spec", "accessModes")
                .with(Tree.object("driver", DRIVER, "volumeHandle", "vol-1"), "spec", "csi")
                .with(
                    Tree.object("namespace", "demo", "name", "data", "uid", "uid-claim"),
                    "spec",
                    "claimRef")));
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
    var status =
        Tree.object("phase", "Bound")
            .with(Tree.of(claimCapacity.toString()), "capacity", "storage");
    if (!progress.isEmpty())
      status =
          status
              .with(Tree.of(capacity.toString()), "allocatedResources", "storage")
              .with(Tree.of(progress), "allocatedResourceStatuses", "storage");
    return Optional.of(
        PersistentVolumeClaim.of(
            Tree.object(
                "metadata",
                Tree.object("namespace", "demo", "name", "data", "uid", "uid-claim"),
                "spec",
                Tree.object("volumeName", "pv-1"),
                "status",
                status)));
  }

  @Override
  public List<Pod> pods() {
    return List.copyOf(pods.values());
  }

  @Override
  public Optional<Node> node() {
    var list = listed ? List.of(Tree.object("name", UNIQUE)) : List.<Tree>of();
    return Optional.of(
        Node.of(
            Tree.object(
                "metadata",
                Tree.object("name", "node-a"),
                "status",
                Tree.object(
                    "volumesInUse",
                    Tree.texts(List.copyOf(inUse)),
                    "volumesAttached",
                    Tree.list(list)))));
  }

  @Override
  public Optional<Node> nodeNow() {
    return node();
  }

  @Override
  public Optional<VolumeAttachment> attachmentNow(String name) {
    return Optional.of(
        VolumeAttachment.of(
            Tree.object(
                "metadata",
                Tree.object("name", name),
                "status",
                Tree.object("attached", attached))));
  }

  @Override
  public Optional<CsiDriver> driver(String name) {
    return Optional.empty();
  }

  @Override
  public Secrets secrets(Optional<ObjectKey> reference) {
    return Secrets.NONE;
  }

  @Override
  public String serviceAccount(ObjectKey pod) {
    return "default";
  }

  @Override
  public void reportInUse(String uniqueName) {
    tasks.effect("changeStatus", "Node node-a", () -> inUse.add(uniqueName));
  }

  @Override
  public void forgetInUse(String uniqueName) {
    tasks.effect("changeStatus", "Node node-a", () -> inUse.remove(uniqueName));
  }

  @Override
  public void failedMount(List<ObjectKey> about, String message) {
    for (ObjectKey pod : about) events.add(pod + ": " + message);
  }

  @Override
  public void blocked(List<ObjectKey> about, String message) {
    failedMount(about, message);
  }

  @Override
  public void failedUnmount(String name, List<ObjectKey> about, String message) {
    failedMount(about, message);
  }

  @Override
  public void waitsForDriver(String name, List<ObjectKey> about, String message) {
    failedMount(about, message);
  }

  @Override
  public void waits(PersistentVolumeClaim claim, String message, List<ObjectKey> users) {
    events.add("claim: " + message);
  }

  @Override
  public void markExpanding(PersistentVolumeClaim claim) {
    tasks.effect("changeStatus", "Claim", () -> progress = "NodeResizeInProgress");
  }

  @Override
  public void finish(PersistentVolumeClaim claim, Bytes size, List<ObjectKey> users) {
    tasks.effect(
        "changeStatus",
        "Claim",
        () -> {
          progress = "";
          claimCapacity = size;
        });
  }

  @Override
  public void failed(
      PersistentVolumeClaim claim, boolean infeasible, String message, List<ObjectKey> users) {
    if (infeasible) progress = "NodeResizeInfeasible";
    events.add("claim: " + message);
  }
}
