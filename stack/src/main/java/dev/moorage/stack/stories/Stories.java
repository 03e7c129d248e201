package dev.moorage.stack.stories;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.VolumeAttachment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The three stories, played over the API as a user would, with proofs from the driver's door and
/// the host.
public final class Stories {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern BLOCKS_AND_SIZE = Pattern.compile("(\\d{1,15}) (\\d{1,6})");
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final String LABEL = "moorage-demo";

  private final Cast cast;
  private final Proofs proofs;
  private final Waiting waiting;
  private final Inventory before;
  private final Function<String, Optional<String>> publishRecord;
  private volatile long publishedNanos;

  /// @param publishRecord the node that the driver's own ledger names for a volume id, if any
  public Stories(
      Cast cast, Witness witness, Function<String, Optional<String>> publishRecord, Proofs proofs) {
    this.cast = cast;
    this.proofs = proofs;
    this.publishRecord = publishRecord;
    this.waiting = new Waiting(cast.kube(), cast.group(), PATIENCE);
    this.before = Inventory.of(cast);
    witness.open(new AtTheDoor());
  }

  /// A claim that a pod uses.
  ///
  /// @param toMounted from writing the claim to the mounted directory
  public record Claimed(String name, ObjectKey claim, ObjectKey pod, Duration toMounted) {}

  /// Writes what an installation brings: the driver's object and a class.
  public void install(String className) {
    createOnce(Manifests.csiDriver(cast.driver()));
    createOnce(Manifests.storageClass(className, cast.driver(), LABEL));
    awaitCapacity(className);
  }

  /// A pod that comes before the class's capacity is told would only be looked at again.
  private void awaitCapacity(String className) {
    long end = cast.group().tasks().nanos() + PATIENCE.toNanos();
    while (cast.kube().list(Kinds.CAPACITY, Selection.ALL).items().stream()
        .noneMatch(capacity -> capacity.className().equals(className))) {
      if (cast.group().tasks().nanos() > end)
        throw new StoryFailed("nobody tells the capacity of class " + className);
      cast.group().sleep(PAUSE);
    }
  }

  private void createOnce(Tree tree) {
    try {
      var kind =
          tree.text("kind").equals("CSIDriver")
              ? Kinds.CSI_DRIVER.raw()
              : Kinds.STORAGE_CLASS.raw();
      var _ = cast.kube().create(kind, tree);
    } catch (KubeException refused) {
      if (!refused.isAlreadyThere()) throw refused;
    }
  }

  /// Story 1: a claim becomes a mounted directory.
  public Claimed claimBecomesDirectory(String name, String className, Bytes size) {
    var claimKey = new ObjectKey(Manifests.NAMESPACE, name);
    var podKey = new ObjectKey(Manifests.NAMESPACE, name + "-pod");
    long start = cast.group().tasks().nanos();
    var _ = cast.kube().create(Kinds.CLAIM, Manifests.claim(name, className, size));
    var _ = cast.kube().create(Kinds.POD, Manifests.pod(podKey.name(), List.of(name)));
    var pod =
        waiting.until(Kinds.POD, podKey, "runs", running -> running.phase().equals("Running"));
    var toMounted = Duration.ofNanos(publishedNanos - start);
    proveMounted(claimKey, pod, size);
    return new Claimed(name, claimKey, podKey, toMounted);
  }

  private void proveMounted(ObjectKey claimKey, Pod pod, Bytes size) {
    var claim = waiting.until(Kinds.CLAIM, claimKey, "is bound", PersistentVolumeClaim::bound);
    var volume = volume(claim);
    prove(
        "the claim is bound to a volume of at least the asked size",
        !claim.capacity().isBelow(size),
        claim.volumeName() + ", " + claim.capacity());
    var target = mount(target(pod, volume));
    var staged = stagedMount(target);
    prove(
        "the volume is mounted at the pod's path",
        target.isPresent(),
        target.map(mount -> mount.fsType() + " from " + mount.source()).orElse("no mount"));
    prove(
        "and it is a bind mount of the global path",
        staged.isPresent(),
        staged.map(Mount::target).orElse("no mount of the same device at a globalmount"));
    if (cast.realPods()) provePodWrites(target(pod, volume));
  }

  private void provePodWrites(String target) {
    var seen = eventually(target + "/hello", text -> text.contains(Manifests.MESSAGE));
    prove(
        "the pod's process wrote a file and read it back",
        seen.contains(Manifests.MESSAGE),
        seen.strip());
  }

  /// Story 2: a claim grows while the pod uses it.
  public void claimGrows(Claimed claimed, Bytes to) {
    var claim = cast.kube().get(Kinds.CLAIM, claimed.claim()).orElseThrow();
    var pod = cast.kube().get(Kinds.POD, claimed.pod()).orElseThrow();
    var target = target(pod, volume(claim));
    var usedToBe = cast.host().filesystems().usage(target).total();
    var podSaw = cast.realPods() ? podSees(target, Bytes.ZERO) : Bytes.ZERO;
    var _ =
        cast.kube()
            .change(
                Kinds.CLAIM,
                claimed.claim(),
                "",
                Patch.NONE.set(Quantities.text(to), "spec", "resources", "requests", "storage"));
    var grown =
        waiting.until(
            Kinds.CLAIM,
            claimed.claim(),
            "has grown to " + to,
            now -> !now.capacity().isBelow(to) && now.allocatedStatus().isEmpty());
    prove(
        "the claim has the larger size",
        !grown.capacity().isBelow(to),
        grown.capacity().toString());
    var volume = volume(grown);
    prove("so has the volume", !volume.capacity().isBelow(to), volume.capacity().toString());
    var now = cast.host().filesystems().usage(target).total();
    prove("the filesystem under the pod has grown", now.isAbove(usedToBe), usedToBe + " -> " + now);
    if (cast.realPods()) {
      var podSeesNow = podSees(target, podSaw);
      prove("the pod itself sees it", podSeesNow.isAbove(podSaw), podSaw + " -> " + podSeesNow);
    }
  }

  /// What the pod's own statfs said, as soon as it is above an amount.
  private Bytes podSees(String target, Bytes above) {
    return size(eventually(target + "/size", text -> size(text).isAbove(above)));
  }

  private static Bytes size(String text) {
    var form = BLOCKS_AND_SIZE.matcher(text.strip());
    return form.matches()
        ? new Bytes(
            Math.multiplyExact(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
        : Bytes.ZERO;
  }

  /// Story 3: the pod and its claim go away, and nothing is left.
  public void claimGoesAway(Claimed claimed) {
    var claim = cast.kube().get(Kinds.CLAIM, claimed.claim()).orElseThrow();
    cast.kube().delete(Kinds.POD, claimed.pod(), Deletion.ANY);
    cast.kube().delete(Kinds.CLAIM, claimed.claim(), Deletion.ANY);
    waiting.gone(Kinds.POD, claimed.pod());
    waiting.gone(Kinds.CLAIM, claimed.claim());
    waiting.gone(Kinds.VOLUME, ObjectKey.cluster(claim.volumeName()));
    var left = left();
    prove(
        "nothing is left: objects, mounts, loop devices, files, processes",
        left.isEmpty(),
        left.isEmpty()
            ? "the same " + before.lines().size() + " as before"
            : String.join("; ", left));
  }

  /// What is there and was not before; a node clears its empty folders in its own time.
  private List<String> left() {
    long end = cast.group().tasks().nanos() + PATIENCE.toNanos();
    while (true) {
      var left = Inventory.of(cast).without(before);
      if (left.isEmpty() || cast.group().tasks().nanos() > end) return left;
      cast.group().sleep(PAUSE);
    }
  }

  private PersistentVolume volume(PersistentVolumeClaim claim) {
    return cast.kube().get(Kinds.VOLUME, ObjectKey.cluster(claim.volumeName())).orElseThrow();
  }

  private String target(Pod pod, PersistentVolume volume) {
    return cast.place().kubeletRoot()
        + "/pods/"
        + pod.meta().uid()
        + "/volumes/kubernetes.io~csi/"
        + volume.meta().name()
        + "/mount";
  }

  private Optional<Mount> mount(String target) {
    return cast.host().mounts().at(target);
  }

  private Optional<Mount> stagedMount(Optional<Mount> target) {
    return cast.host().mounts().table().stream()
        .filter(mount -> mount.target().endsWith("/globalmount"))
        .filter(mount -> target.isPresent() && mount.device().equals(target.get().device()))
        .findFirst();
  }

  /// A pod's process takes its own time.
  private String eventually(String path, Function<String, Boolean> hoped) {
    long end = cast.group().tasks().nanos() + Duration.ofSeconds(10).toNanos();
    while (true) {
      var text = cast.host().files().read(path).orElse("");
      if (hoped.apply(text) || cast.group().tasks().nanos() > end) return text;
      cast.group().sleep(PAUSE);
    }
  }

  private void prove(String what, boolean holds, String seen) {
    proofs.proof(what, holds, seen);
  }

  /// What the witness sees at the driver's door.
  private final class AtTheDoor implements Witness.Eyes {
    private final Set<String> arrivedBefore = new ConcurrentSkipListSet<>();

    @Override
    public void arrived(CreateVolume call) {
      var fsType =
          call.capabilities().getFirst().access() instanceof Access.Mount mount
              ? mount.fsType()
              : "";
      prove(
          "CreateVolume carries the class's filesystem and our parameter, and no reserved key",
          fsType.equals("xfs")
              && call.parameters().getOrDefault("label", "").equals(LABEL)
              && call.parameters().size() == 1,
          "fs_type=" + fsType + ", parameters=" + call.parameters());
    }

    /// Between the attacher's step and the node's: the volume is NODE_READY, and nothing more.
    @Override
    public void arrived(NodeStageVolume call) {
      var id = call.volume().text();
      var volume =
          cast.kube().list(Kinds.VOLUME, Selection.ALL).items().stream()
              .filter(some -> some.csi().handle().equals(id))
              .findFirst()
              .orElseThrow();
      var attachment =
          cast.kube().list(Kinds.ATTACHMENT, Selection.ALL).items().stream()
              .filter(some -> some.volumeName().equals(volume.meta().name()))
              .findFirst();
      var node = attachment.map(VolumeAttachment::nodeName).orElse("");
      prove(
          "NODE_READY: the attachment is attached",
          attachment.isPresent() && attachment.get().attached(),
          attachment
              .map(some -> some.meta().name().substring(0, 12) + "… to " + node)
              .orElse("no attachment"));
      var recorded = publishRecord.apply(id).orElse("no node");
      prove("NODE_READY: the driver's ledger names this node", recorded.equals(node), recorded);
      // A call that is repeated finds what the first one has done.
      if (arrivedBefore.add(id)) proveNothingYet(volume, call.stagingPath());
    }

    private void proveNothingYet(PersistentVolume volume, String stagingPath) {
      var mounts =
          cast.host().mounts().everywhere().stream()
              .filter(mount ->
                  mount.target().contains(volume.meta().name())
                      || mount.target().equals(stagingPath))
              .toList();
      var devices =
          cast.host().loops().all().stream()
              .filter(loop -> loop.image().contains(volume.csi().handle()))
              .toList();
      prove(
          "NODE_READY: no mount of it in any mount table, no device over it",
          mounts.isEmpty() && devices.isEmpty(),
          mounts.size() + " mounts, " + devices.size() + " devices");
      var atPods = podTargets(volume);
      prove(
          "NODE_READY: nothing at the path that the pod's mountPath will show",
          atPods.isEmpty(),
          atPods.isEmpty() ? "no entry" : atPods.toString());
    }

    private List<String> podTargets(PersistentVolume volume) {
      return cast.kube().list(Kinds.POD, Selection.ALL).items().stream()
          .filter(pod -> pod.claims().contains(volume.claim().name()))
          .map(pod -> target(pod, volume))
          .filter(target -> cast.host().files().look(target).isPresent())
          .toList();
    }

    @Override
    public void done(NodePublishVolume call) {
      publishedNanos = cast.group().tasks().nanos();
    }
  }
}
