package dev.moorage.cli.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// This machine with a folder of its own and a driver's process that dies and is followed by the
/// next one, which stands by already.
final class Node implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int MOST_POLLS = 3_000;

  /// In memory it goes faster; only a disk is read and written past the host's cache.
  private static final Path PLACE = Path.of(System.getProperty("crash-place", "/var/tmp"));

  private final Bytes pool;
  private final Group group = new LiveTasks().group("node");
  private final LinuxHost host = new LinuxHost(group, Settings.DEFAULTS);
  private final Path folder;
  private final Connection driver;
  private MortalProcess process;
  private MortalProcess next;

  Node(Bytes pool) throws IOException {
    this.pool = pool;
    folder = Files.createTempDirectory(PLACE, "moorage-crash-");
    Files.createDirectory(kubelet());
    driver = new GrpcSockets(group).open("unix://" + folder.resolve(MortalDriver.SOCKET));
    process = new MortalProcess(folder, pool);
    next = new MortalProcess(folder, pool);
  }

  Path kubelet() {
    return folder.resolve("kubelet");
  }

  private Path state() {
    return folder.resolve(MortalDriver.STATE);
  }

  /// What the process is told to do, or has done.
  MortalProcess process() {
    return process;
  }

  <R> R call(CsiCall<R> call) {
    return driver.call(call, LONG);
  }

  void all(List<CsiCall<?>> calls) {
    calls.forEach(this::call);
  }

  /// Kills the process, when it lives, and lets the next one take its place; it does not serve yet.
  void replace() {
    process.close();
    process = next;
    next = new MortalProcess(folder, pool);
  }

  /// Serves with the next process.
  void restart() {
    replace();
    serve();
  }

  /// @throws MortalProcess.Died when it dies before it serves
  void serve() {
    process.go();
    String why = "";
    for (int i = 0; i < MOST_POLLS; i++) {
      try {
        if (driver.call(new Probe(), LONG).ready()) return;
      } catch (CsiException notYet) {
        why = String.valueOf(notYet.getMessage());
      }
      if (!process.alive()) throw new MortalProcess.Died();
      group.sleep(POLL);
    }
    throw new AssertionError("the driver never serves: " + why);
  }

  /// Ends the driver in good order; nothing may keep it from letting its pool go.
  void end() {
    assertThat(process.end()).as("not let go").isEmpty();
    assertThat(loops()).isEmpty();
    assertThat(mounts()).isEmpty();
  }

  /// Removes all state of a driver that has ended.
  void wipe() throws IOException {
    remove(state());
  }

  /// What a driver could leave behind: all that the kernel shows below the folder, and what the
  /// driver says that it has.
  List<String> inventory() {
    var lines = new ArrayList<String>();
    loops().forEach(image -> lines.add("loop " + image));
    lines.addAll(mounts());
    lines.addAll(files());
    lines.add(call(new GetCapacity(List.of(), Map.of(), Topology.NONE)).toString());
    call(new ListVolumes(0, "")).entries().forEach(entry -> lines.add(entry.toString()));
    var all = new ListSnapshots(0, "", new VolumeId(""), new SnapshotId(""), Secrets.NONE);
    call(all).snapshots().forEach(snapshot -> lines.add(snapshot.toString()));
    return lines;
  }

  private List<String> loops() {
    return host.loops().all().stream()
        .map(loop -> loop.image())
        .filter(image -> image.startsWith(folder + "/"))
        .sorted()
        .toList();
  }

  private List<String> mounts() {
    return host.mounts().table().stream()
        .filter(mount -> mount.target().startsWith(folder + "/"))
        .map(mount -> "mount " + mount.target() + " " + mount.fsType() + " " + mount.readOnly())
        .sorted()
        .toList();
  }

  private List<String> files() {
    try (var state = Files.walk(state());
        var paths = Files.list(kubelet())) {
      var lines = new ArrayList<String>();
      for (var file : state.sorted().toList()) lines.add(line(file));
      paths.sorted().forEach(path -> lines.add("path " + path));
      return lines;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Ledgers have no size to speak of: they are made anew now and then.
  private static String line(Path file) throws IOException {
    boolean sized = file.toString().endsWith(".img");
    return "file " + file + (sized ? " " + Files.size(file) : "");
  }

  /// Writes into a volume that is shown, through to its image.
  void write(Subject volume, String text) throws IOException {
    if (volume.use().equals(Subject.BLOCK)) {
      Files.write(volume.target(), text.getBytes(UTF_8), StandardOpenOption.WRITE);
      host.loops().flush(device(volume));
    } else {
      Files.writeString(volume.target().resolve("file"), text);
      host.filesystems().sync(volume.target().toString());
    }
  }

  private String device(Subject volume) {
    var image = state().resolve("pool/volumes/" + volume.name() + ".img");
    return host.loops().first(image.toString()).orElseThrow().device();
  }

  /// Proves that a volume that is shown holds this.
  void checkHolds(Subject volume, String text) throws IOException {
    if (volume.use().equals(Subject.BLOCK)) {
      try (var device = Files.newInputStream(volume.target())) {
        assertThat(new String(device.readNBytes(text.length()), UTF_8)).isEqualTo(text);
      }
    } else {
      checkNotFrozen(volume.target().toString());
      assertThat(volume.target().resolve("file")).hasContent(text);
    }
  }

  /// Only a frozen filesystem cannot be frozen; a write to it would never end.
  private void checkNotFrozen(String path) {
    try {
      host.filesystems().freeze(path);
    } catch (HostException frozen) {
      assertThat(frozen.is(Errno.EBUSY)).as("%s is frozen", path).isFalse();
      throw frozen;
    }
    host.filesystems().thaw(path);
  }

  /// Takes everything away, whatever state it is in.
  @Override
  public void close() throws IOException {
    if (!Files.exists(folder)) return; // closed already
    process.close();
    next.close();
    driver.close();
    for (int i = 0; i < 10 && !cleared(); i++) group.sleep(Duration.ofMillis(300));
    remove(folder);
    group.close();
  }

  private boolean cleared() {
    boolean cleared = true;
    for (var mount : host.mounts().table().reversed())
      if (mount.target().startsWith(folder + "/"))
        cleared &=
            tried(() -> {
              if (!mount.fsType().equals("devtmpfs")) host.filesystems().thaw(mount.target());
              host.mounts().unmount(mount.target());
            });
    for (var loop : host.loops().all())
      if (loop.image().startsWith(folder + "/"))
        cleared &= tried(() -> host.loops().detach(loop.device()));
    return cleared;
  }

  private static boolean tried(Runnable act) {
    try {
      act.run();
      return true;
    } catch (HostException busy) {
      return false;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  /// What the ledger of a driver that has ended holds.
  Set<String> ledger() {
    try (var ledger = host.ledgers().open(state().resolve("driver.ledger").toString())) {
      return ledger.entries().keySet();
    }
  }

  /// The last lines of what drivers have said.
  String log() throws IOException {
    var lines = Files.readAllLines(folder.resolve("driver.log"));
    Predicate<String> told = line -> !line.isBlank();
    return String.join(
        "\n",
        lines.subList(Math.max(0, lines.size() - 12), lines.size()).stream().filter(told).toList());
  }
}
