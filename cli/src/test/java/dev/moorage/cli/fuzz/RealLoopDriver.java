package dev.moorage.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.Probe;
import dev.moorage.csiwire.fuzz.Place;
import dev.moorage.driver.Driver;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Rights;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// The loop driver on this kernel, in a folder of its own beside a folder that is none of its
/// business; tests are skipped with the reason where a right is missing.
final class RealLoopDriver implements Csi, AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int MOST = 4;

  private final Path folder;
  private final Host host;
  private final Driver driver;
  private final List<String> before;

  RealLoopDriver(Group process) throws IOException {
    var rights = Rights.of(process);
    assumeTrue(rights.suffice(), () -> "rights are missing here: " + rights.missing());
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "moorage-fuzz-");
    for (var name : Place.folders()) Files.createDirectories(kubelet().resolve(name));
    Files.createDirectories(kubelet().resolve("full/inside"));
    Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(folder.resolve("foreign/file"), "precious");
    Files.writeString(kubelet().resolve("file"), "precious");
    Files.createSymbolicLink(kubelet().resolve("link"), folder.resolve("foreign"));
    Files.createSymbolicLink(kubelet().resolve("dangling"), folder.resolve("foreign/none"));
    host = new LinuxHost(process, Settings.DEFAULTS);
    driver = LoopDriver.start(process, host, settings(), Journal.none());
    while (!driver.call(new Probe(), LONG).ready()) process.sleep(Duration.ofMillis(20));
    Files.createDirectories(folder.resolve("state/inline")); // the kit's own, which stays
    before = listing();
  }

  private LoopDriver.Settings settings() {
    return new LoopDriver.Settings(
        LoopDriver.Settings.DEFAULT_NAME,
        "1",
        "node-a",
        folder.resolve("state").toString(),
        Bytes.gibi(2),
        MOST);
  }

  Path socket() {
    return folder.resolve("csi.sock");
  }

  private Path kubelet() {
    return folder.resolve("kubelet");
  }

  Place place() {
    return new Place(
        kubelet().toString(),
        "node-a",
        MOST,
        List.of("ext4", "ext4", "ext4", "ext4", "btrfs", "xfs", ""),
        List.of(
            Bytes.mebi(16).count(),
            Bytes.mebi(16).count(),
            Bytes.mebi(32).count(),
            Bytes.mebi(160).count(),
            Bytes.mebi(320).count()));
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    return driver.call(call, atMost);
  }

  /// Everything below the folder, and every mount and device of it.
  private List<String> listing() throws IOException {
    try (var files = Files.walk(folder)) {
      var all =
          new java.util.ArrayList<>(
              files
                  .filter(file -> !file.equals(socket()))
                  .map(file -> "file " + file)
                  .sorted()
                  .toList());
      for (var mount : host.mounts().table())
        if (mount.target().startsWith(folder.toString())) all.add("mount " + mount.target());
      for (var loop : host.loops().all())
        if (loop.image().startsWith(folder.toString())) all.add("loop " + loop.image());
      return all;
    }
  }

  /// Proves that nothing is left, and ends the driver.
  void checkNothingLeft() throws IOException {
    assertThat(listing()).isEqualTo(before);
    assertThat(kubelet().resolve("file")).hasContent("precious");
    assertThat(folder.resolve("foreign/file")).hasContent("precious");
  }

  /// What a failed test left in the kernel goes too.
  @Override
  public void close() throws IOException {
    for (var mount : host.mounts().table().reversed())
      if (mount.target().startsWith(kubelet().toString())) host.mounts().unmount(mount.target());
    for (var loop : host.loops().all())
      if (loop.image().startsWith(folder + "/state/pool/")) host.loops().detach(loop.device());
    assertThat(driver.end()).isEmpty();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
