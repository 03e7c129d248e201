package dev.moorage.sim;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Somebody else's driver: folders shown by bind mounts, with any name and any set of capabilities.
/// Well-behaved, until its script says otherwise.
final class ForeignDriver implements Csi {
  private static final String STATE = "/srv/foreign/";

  private final SimTasks tasks;
  private final Host host;
  private final Map<String, Fault> faults = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, Bytes> volumes = new TreeMap<>();
  private final Set<String> attached = new TreeSet<>();

  String name = "foreign.example.com";
  String nodeId = "node-1";
  Topology topology = new Topology(Map.of("topology.example.com/node", "node-1"));
  final Set<GetPluginCapabilities.Capability> plugin =
      EnumSet.of(
          GetPluginCapabilities.Capability.CONTROLLER_SERVICE,
          GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
  final Set<ControllerGetCapabilities.Capability> controller =
      EnumSet.of(
          ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME,
          ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME,
          ControllerGetCapabilities.Capability.EXPAND_VOLUME);
  final Set<NodeGetCapabilities.Capability> node =
      EnumSet.of(
          NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME,
          NodeGetCapabilities.Capability.EXPAND_VOLUME);

  ForeignDriver(SimTasks tasks, Host host) {
    this.tasks = tasks;
    this.host = host;
    host.files().makeFolder("/srv", 0755);
    host.files().makeFolder("/srv/foreign", 0755);
  }

  /// What happens in place of an answer.
  @FunctionalInterface
  interface Fault {
    /// Ends a call.
    ///
    /// @param good the well-behaved driver
    Object answer(CsiCall<?> call, Function<CsiCall<?>, Object> good);
  }

  /// Refuses.
  static Fault refuses(Code code) {
    return (_, _) -> {
      throw new CsiException(code, "so it is");
    };
  }

  /// Answers something else, without doing anything.
  static Fault answers(Object nonsense) {
    return (_, _) -> nonsense;
  }

  /// Does what it is asked, and answers something else.
  static Fault doesAndAnswers(Function<Object, Object> nonsense) {
    return (call, good) -> nonsense.apply(good.apply(call));
  }

  /// Never answers.
  Fault hangs() {
    return (call, _) -> {
      tasks.hang(call.rpc());
      throw new IllegalStateException("a hanging call has no end");
    };
  }

  /// Answers after a while, whether or not somebody still listens; the second time at once.
  Fault firstTakes(Duration time) {
    var asked = new AtomicBoolean();
    return (call, good) -> {
      boolean first = !asked.getAndSet(true);
      var answer = good.apply(call);
      if (first) tasks.current().orElseThrow().sleep(time);
      return answer;
    };
  }

  /// From now on a call ends so; see [CsiCall#rpc].
  void faulty(String rpc, Fault fault) {
    faults.put(rpc, fault);
  }

  /// From now on all is well.
  void good() {
    faults.clear();
  }

  /// Names of the calls so far.
  List<String> calls() {
    return calls;
  }

  /// What it keeps: volumes and attachments.
  List<String> kept() {
    var kept = new ArrayList<String>();
    volumes.forEach((id, size) -> kept.add("volume " + id + " " + size));
    attached.forEach(id -> kept.add("attached " + id));
    return kept;
  }

  /// Serves until the group dies.
  void serve(SimWorld world, Group process, String onNode, String endpoint) {
    var _ = world.servers(process, onNode).serve(endpoint, this);
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    calls.add(call.rpc());
    var fault = faults.get(call.rpc());
    return call.answer().cast(fault == null ? good(call) : fault.answer(call, this::good));
  }

  private Object good(CsiCall<?> call) {
    return switch (call) {
      case GetPluginInfo _ -> new GetPluginInfo.Answer(name, "1", Map.of());
      case GetPluginCapabilities _ -> new GetPluginCapabilities.Answer(plugin);
      case Probe _ -> new Probe.Answer(true);
      case ControllerGetCapabilities _ -> new ControllerGetCapabilities.Answer(controller);
      case NodeGetCapabilities _ -> new NodeGetCapabilities.Answer(node);
      case NodeGetInfo _ -> new NodeGetInfo.Answer(new NodeId(nodeId), 0, topology);
      case CreateVolume create -> create(create);
      case DeleteVolume(var id, _) -> delete(id);
      case ControllerPublishVolume publish -> {
        attached.add(publish.volume().text());
        yield new ControllerPublishVolume.Answer(Map.of("device", "d"));
      }
      case ControllerUnpublishVolume(var id, _, _) -> {
        attached.remove(id.text());
        yield Done.DONE;
      }
      case ControllerExpandVolume(var id, var range, _, _) -> {
        volumes.put(id.text(), range.required());
        yield new ControllerExpandVolume.Answer(range.required(), true);
      }
      case NodeStageVolume stage -> show(folder(stage.volume()), stage.stagingPath());
      case NodeUnstageVolume(_, var staging) -> hide(staging);
      case NodePublishVolume publish -> publish(publish);
      case NodeUnpublishVolume(_, var target) -> {
        var done = hide(target);
        if (host.files().look(target).isPresent()) host.files().removeFolder(target);
        yield done;
      }
      case NodeExpandVolume(_, _, var range, _, _, _) ->
          new NodeExpandVolume.Answer(range.required());
      case GetCapacity _ -> new GetCapacity.Answer(Bytes.gibi(100), Bytes.ZERO, Bytes.ZERO);
      default -> throw new CsiException(Code.UNIMPLEMENTED, "not here");
    };
  }

  private Volume create(CreateVolume create) {
    var id = "id-" + create.name();
    var size = volumes.computeIfAbsent(id, _ -> create.capacity().required());
    host.files().makeFolder(STATE + id, 0755);
    var accessible =
        plugin.contains(GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS)
            ? List.of(topology)
            : List.<Topology>of();
    return new Volume(new VolumeId(id), size, Map.of(), new ContentSource.Empty(), accessible);
  }

  private Done delete(VolumeId id) {
    if (volumes.remove(id.text()) != null) host.files().removeFolder(folder(id));
    return Done.DONE;
  }

  private Done publish(NodePublishVolume publish) {
    if (host.files().look(publish.targetPath()).isEmpty())
      host.files().makeFolder(publish.targetPath(), 0755);
    var from = publish.stagingPath().isEmpty() ? folder(publish.volume()) : publish.stagingPath();
    return show(from, publish.targetPath());
  }

  private Done show(String from, String at) {
    if (host.mounts().at(at).isEmpty()) host.mounts().bind(from, at, false);
    return Done.DONE;
  }

  private Done hide(String at) {
    if (host.mounts().at(at).isPresent()) host.mounts().unmount(at);
    return Done.DONE;
  }

  private static String folder(VolumeId id) {
    return STATE + id.text();
  }
}
