package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// The volumes of the plain driver: made, listed, attached, grown, changed, deleted.
final class PlainVolumes {
  static final Topology HERE = new Topology(Map.of("topology.plain.test/node", "node-a"));
  private static final Bytes TOTAL = Bytes.gibi(20);
  private static final Bytes LARGEST = Bytes.gibi(1024);
  private static final List<String> NODES = List.of("node-a", "node-b");

  final SequencedMap<VolumeId, Kept> kept = new LinkedHashMap<>();
  final Set<VolumeId> sick = new LinkedHashSet<>();
  private final Map<VolumeId, SequencedMap<NodeId, ControllerPublishVolume>> attached =
      new HashMap<>();
  private final Host host;
  private int made;

  /// A volume.
  record Kept(CreateVolume asked, Volume volume, Map<String, String> mutable) {}

  PlainVolumes(Host host) {
    this.host = host;
  }

  static void require(boolean given, String what) {
    if (!given) throw new CsiException(Code.INVALID_ARGUMENT, what + " is missing or wrong");
  }

  static String image(VolumeId volume) {
    return "/var/lib/plain/" + volume + ".img";
  }

  Kept known(VolumeId volume) {
    require(!volume.text().isEmpty(), "volume id");
    var found = kept.get(volume);
    if (found == null) throw new CsiException(Code.NOT_FOUND, "no volume " + volume);
    return found;
  }

  static void checkName(String name) {
    require(!name.isEmpty(), "name");
    require(name.getBytes(StandardCharsets.UTF_8).length <= 128, "name of 128 bytes");
    require(name.chars().noneMatch(one -> one < 9), "name without control characters");
  }

  static boolean supported(VolumeCapability capability) {
    boolean mode = capability.mode() != AccessMode.UNKNOWN;
    return switch (capability.access()) {
      case Access.Block() -> mode;
      case Access.Mount(var type, _, _) ->
          mode
              && capability.mode() != AccessMode.MULTI_NODE_MULTI_WRITER
              && List.of("", "ext4", "xfs").contains(type);
      case Access.Missing() -> false;
    };
  }

  private static void checkMutable(Map<String, String> mutable) {
    require(mutable.keySet().stream().allMatch("iops"::equals), "mutable parameter");
  }

  Volume create(CreateVolume call, Optional<Bytes> sourceSize) {
    checkName(call.name());
    require(!call.capabilities().isEmpty(), "capability");
    require(call.capabilities().stream().allMatch(PlainVolumes::supported), "capability");
    require(call.parameters().keySet().stream().allMatch("tier"::equals), "parameter");
    checkMutable(call.mutableParameters());
    for (var before : kept.values())
      if (before.asked().name().equals(call.name())) return again(call, before);
    var size = size(call.capacity(), sourceSize.orElse(Bytes.ZERO));
    var places = call.accessibility().requisite();
    if (!places.isEmpty() && !places.contains(HERE))
      throw new CsiException(Code.RESOURCE_EXHAUSTED, "no such place");
    if (size.isAbove(free())) throw new CsiException(Code.RESOURCE_EXHAUSTED, "no space");
    var id = new VolumeId("vol-" + ++made);
    host.files().makeFolder("/var/lib/plain", 0755);
    host.files().allocate(image(id), size);
    var volume = new Volume(id, size, Map.of("pool", "a"), call.source(), List.of(HERE));
    kept.put(id, new Kept(call, volume, call.mutableParameters()));
    return volume;
  }

  private static Volume again(CreateVolume call, Kept before) {
    var first = before.asked();
    boolean same =
        call.capacity().holds(before.volume().capacity())
            && call.capabilities().equals(first.capabilities())
            && call.parameters().equals(first.parameters())
            && call.source().equals(first.source());
    if (!same) throw new CsiException(Code.ALREADY_EXISTS, call.name() + " is another volume");
    return before.volume();
  }

  private static Bytes size(CapacityRange range, Bytes least) {
    var size =
        range.required().isZero() && range.limit().isZero()
            ? Bytes.gibi(1).max(least)
            : range.required().max(Bytes.mebi(1)).max(least).roundUpTo(Bytes.mebi(1));
    if (!range.holds(size) || size.isAbove(LARGEST))
      throw new CsiException(Code.OUT_OF_RANGE, "no size in this range");
    return size;
  }

  private Bytes free() {
    var used =
        kept.values().stream().map(one -> one.volume().capacity()).reduce(Bytes.ZERO, Bytes::plus);
    return TOTAL.minusAtMost(used);
  }

  void delete(VolumeId volume, boolean mounted) {
    require(!volume.text().isEmpty(), "volume id");
    if (!kept.containsKey(volume)) return;
    if (mounted || !nodesOf(volume).isEmpty())
      throw new CsiException(Code.FAILED_PRECONDITION, volume + " is in use");
    kept.remove(volume);
    host.files().removeFile(image(volume));
  }

  private SequencedMap<NodeId, ControllerPublishVolume> nodesOf(VolumeId volume) {
    return attached.computeIfAbsent(volume, _ -> new LinkedHashMap<>());
  }

  Map<String, String> publish(ControllerPublishVolume call) {
    require(!call.node().text().isEmpty(), "node id");
    require(!call.volume().text().isEmpty(), "volume id");
    require(!call.capability().missing(), "capability");
    known(call.volume());
    if (!NODES.contains(call.node().text()))
      throw new CsiException(Code.NOT_FOUND, "no node " + call.node());
    var nodes = nodesOf(call.volume());
    var before = nodes.get(call.node());
    if (before != null
        && (before.readOnly() != call.readOnly() || !before.capability().equals(call.capability())))
      throw new CsiException(Code.ALREADY_EXISTS, "published otherwise");
    if (before == null && !nodes.isEmpty() && !call.capability().mode().multiNode())
      throw new CsiException(Code.FAILED_PRECONDITION, "published to " + nodes.firstEntry());
    nodes.put(call.node(), call);
    return Map.of("disk", "disk-" + call.volume());
  }

  void unpublish(ControllerUnpublishVolume call) {
    require(!call.volume().text().isEmpty(), "volume id");
    if (call.node().text().isEmpty()) nodesOf(call.volume()).clear();
    else nodesOf(call.volume()).remove(call.node());
  }

  ValidateVolumeCapabilities.Answer validate(ValidateVolumeCapabilities call) {
    require(!call.capabilities().isEmpty(), "capability");
    var volume = known(call.volume());
    boolean confirmed =
        call.capabilities().stream().allMatch(PlainVolumes::supported)
            && volume.mutable().entrySet().containsAll(call.mutableParameters().entrySet());
    return confirmed
        ? new ValidateVolumeCapabilities.Answer(
            true,
            call.volumeContext(),
            call.capabilities(),
            call.parameters(),
            call.mutableParameters(),
            "")
        : new ValidateVolumeCapabilities.Answer(
            false, Map.of(), List.of(), Map.of(), Map.of(), "not of this volume");
  }

  ListVolumes.Answer list(ListVolumes call) {
    var page =
        page(
            kept.values().stream().map(this::entry).toList(),
            call.maxEntries(),
            call.startingToken());
    return new ListVolumes.Answer(page.entries(), page.next());
  }

  ListVolumes.Entry entry(Kept one) {
    var id = one.volume().id();
    boolean abnormal = sick.contains(id);
    return new ListVolumes.Entry(
        one.volume(),
        List.copyOf(nodesOf(id).keySet()),
        Optional.of(new VolumeCondition(abnormal, abnormal ? "lost a disk" : "fine")));
  }

  /// One page of a list.
  record Page<E>(List<E> entries, String next) {}

  static <E> Page<E> page(List<E> all, int most, String token) {
    require(most >= 0, "page size");
    var tokens = Stream.iterate(1, n -> n + 1).limit(all.size()).map(n -> "from-" + n).toList();
    if (!token.isEmpty() && !tokens.contains(token))
      throw new CsiException(Code.ABORTED, "no such token");
    int from = tokens.indexOf(token) + 1;
    int to = most == 0 ? all.size() : Math.min(all.size(), from + most);
    return new Page<>(List.copyOf(all.subList(from, to)), to < all.size() ? "from-" + to : "");
  }

  GetCapacity.Answer capacity(GetCapacity call) {
    boolean possible =
        call.capabilities().stream().allMatch(PlainVolumes::supported)
            && (call.topology().equals(Topology.NONE) || call.topology().equals(HERE));
    var free = possible ? free() : Bytes.ZERO;
    return new GetCapacity.Answer(free, free, Bytes.mebi(1));
  }

  ControllerExpandVolume.Answer expand(ControllerExpandVolume call) {
    require(!call.volume().text().isEmpty(), "volume id");
    require(!call.capacity().equals(CapacityRange.ANY), "capacity");
    var before = known(call.volume());
    var now = before.volume().capacity();
    var size = size(call.capacity(), now);
    if (size.minusAtMost(now).isAbove(free()))
      throw new CsiException(Code.RESOURCE_EXHAUSTED, "no space");
    host.files().allocate(image(call.volume()), size);
    kept.put(
        call.volume(),
        new Kept(before.asked(), Alter.capacity(before.volume(), size), before.mutable()));
    return new ControllerExpandVolume.Answer(size, !call.capability().block());
  }

  void modify(ControllerModifyVolume call) {
    var before = known(call.volume());
    checkMutable(call.mutableParameters());
    var mutable = new LinkedHashMap<>(before.mutable());
    mutable.putAll(call.mutableParameters());
    kept.put(call.volume(), new Kept(before.asked(), before.volume(), Map.copyOf(mutable)));
  }

  List<VolumeId> sickOnes() {
    var listed = new ArrayList<>(sick);
    listed.retainAll(kept.keySet());
    return listed;
  }

  /// The size of a volume that is a source.
  Bytes sizeOf(VolumeId volume) {
    return known(volume).volume().capacity();
  }

  static boolean isEmpty(ContentSource source) {
    return source instanceof ContentSource.Empty;
  }
}
