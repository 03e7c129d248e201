package dev.moorage.drivers.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Probe;
import dev.moorage.driver.Driver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The whole driver on this machine's kernel.
class BtrfsDriverIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(5);

  private final RealPlace real = new RealPlace();
  private final Life life = new Life(real.folder() + "/kubelet");
  private Group process = real.tasks().group("driver");
  private @Nullable Driver driver;

  private void start() {
    process = real.tasks().group("driver");
    var settings =
        new BtrfsDriver.Settings(
            BtrfsDriver.Settings.DEFAULT_NAME, "1", "node-a", real.state(), Bytes.mebi(512), 4);
    driver = BtrfsDriver.start(process, real.host(), settings, Journal.none());
    waitUntil(() -> driver().call(new Probe(), LONG).ready());
  }

  private void waitUntil(BooleanSupplier done) {
    long end = real.tasks().nanos() + LONG.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(real.tasks().nanos()).isLessThan(end);
      process.sleep(POLL);
    }
  }

  private Driver driver() {
    return Objects.requireNonNull(driver);
  }

  private void makeFolders() {
    for (var folder : List.of(life.staging(), life.kubelet() + "/pod-1", life.kubelet() + "/pod-2"))
      real.host().files().makeFolder(folder, 0750);
  }

  @AfterEach
  void leaveNothing() {
    driver().close();
    process.close();
    real.close();
  }

  private void checkNothingLeft() {
    assertThat(real.host().files().names(real.state() + "/pool/volumes")).isEmpty();
    assertThat(real.host().files().names(real.state() + "/pool/snapshots")).isEmpty();
    assertThat(real.host().mounts().table())
        .filteredOn(mount -> mount.target().startsWith(real.folder().toString()))
        .hasSize(1);
    assertThat(real.host().files().look(life.target("pod-1"))).isEmpty();
  }

  @Test
  void a_volume_lives_with_its_copies() throws IOException {
    makeFolders();
    start();
    driver().call(life.create(), LONG);
    driver().call(life.stage(), LONG);
    driver().call(life.publish("pod-1", false), LONG);
    driver().call(life.publish("pod-2", true), LONG);
    var file = Path.of(life.target("pod-1"), "file");
    Files.writeString(file, "first");
    var readOnly = Path.of(life.target("pod-2"), "file");
    assertThat(readOnly).hasContent("first");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.writeString(readOnly, "not mine"))
        .withMessageContaining("Read-only");
    driver().call(life.snapshot(), LONG);
    Files.writeString(file, "second");
    fillBesides(Life.SIZE);
    driver().call(life.expand(), LONG);
    fillBesides(Life.LARGER);
    driver().call(life.restore(), LONG);
    driver().call(life.copy(), LONG);
    var volumes = Path.of(real.state(), "pool", "volumes");
    assertThat(volumes.resolve("restored/file")).hasContent("first");
    assertThat(volumes.resolve("cloned/file")).hasContent("second");
    for (var call : life.down()) driver().call(call, LONG);
    checkNothingLeft();
  }

  /// Another file can have what is left of the volume, and no more.
  private void fillBesides(Bytes size) throws IOException {
    long little = 64 * 1024;
    var path = life.target("pod-1") + "/large";
    try (var large = new RandomAccessFile(path, "rw")) {
      large.write(new byte[(int) (size.count() - little)]);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> large.write(new byte[(int) (2 * little)]))
          .withMessageContaining("Disk quota exceeded");
    }
    real.host().filesystems().sync(life.target("pod-1"));
    var told = driver().call(life.stats("pod-1"), LONG).usage().getFirst();
    assertThat(told.total()).isEqualTo(size.count());
    assertThat(told.used()).isBetween(size.count() - little, size.count() + 4096);
    assertThat(told.available()).isLessThanOrEqualTo(little);
    Files.delete(Path.of(path));
  }

  /// The driver is ended at some moment within each call, and started again.
  @Test
  void a_driver_that_ends_in_the_middle_of_each_call_goes_on_after_it() {
    makeFolders();
    start();
    var calls = new ArrayList<CsiCall<?>>(life.up());
    calls.addAll(life.down());
    int moments = 0;
    for (int i = 0; i < calls.size(); i++) {
      var call = calls.get(i);
      Task<?> running = real.tasks().group("call").start(call.rpc(), () -> tried(call));
      // Another moment in each call.
      process.sleep(Duration.ofMillis(1 + 2L * i));
      driver().close();
      running.await();
      moments++;
      start();
      driver().call(call, LONG);
    }
    assertThat(moments).isEqualTo(calls.size());
    checkNothingLeft();
  }

  private boolean tried(CsiCall<?> call) {
    try {
      driver().call(call, LONG);
      return true;
    } catch (Stopped | CsiException died) {
      return false;
    }
  }
}
