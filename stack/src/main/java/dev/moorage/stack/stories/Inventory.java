package dev.moorage.stack.stories;

import dev.moorage.host.Host;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Selection;
import dev.moorage.nodeagent.NodeAgent;
import dev.moorage.nodeagent.Settings;
import dev.moorage.stack.stories.Cast.Place;
import java.util.ArrayList;
import java.util.List;

/// What is there of the house: objects, mounts, loop devices, folders and processes, as lines that
/// can be compared.
record Inventory(List<String> lines) {
  private static final List<Kind<?>> KINDS =
      List.of(Kinds.POD, Kinds.CLAIM, Kinds.VOLUME, Kinds.ATTACHMENT);

  static Inventory of(Cast cast) {
    var lines = new ArrayList<String>();
    for (Kind<?> kind : KINDS)
      for (var object : cast.kube().list(kind, Selection.ALL).items())
        lines.add(kind.name() + " " + object.key());
    addMountsAndDevices(lines, cast.host(), cast.place());
    var root = cast.place().kubeletRoot();
    addFiles(lines, cast.host(), root + "/pods");
    // A driver's own folder stays, as the kubelet leaves it; what lies in it is a volume's.
    var volumes = root + "/plugins/kubernetes.io/csi";
    for (String driver : cast.host().files().names(volumes))
      addFiles(lines, cast.host(), volumes + "/" + driver);
    for (var sandbox : cast.host().sandboxes().running(sandboxes(cast.place())))
      lines.add("process of " + sandbox.name());
    return new Inventory(List.copyOf(lines));
  }

  private static String sandboxes(Place place) {
    return NodeAgent.sandboxPrefix(Settings.of(place.node(), place.kubeletRoot()));
  }

  private static void addMountsAndDevices(List<String> lines, Host host, Place place) {
    for (var mount : host.mounts().table())
      if (place.holds(mount.target())) {
        lines.add("mount " + mount.target());
        addFiles(lines, host, mount.target() + "/volumes"); // a pool's images
      }
    for (var loop : host.loops().all())
      if (place.holds(loop.image())) lines.add("loop device over " + loop.image());
  }

  private static void addFiles(List<String> lines, Host host, String folder) {
    for (String name : host.files().names(folder))
      if (!name.endsWith(".ledger")) lines.add("file " + folder + "/" + name);
  }

  /// What is here and was not there.
  List<String> without(Inventory before) {
    var more = new ArrayList<>(lines);
    before.lines.forEach(more::remove);
    return more;
  }
}
