package dev.moorage.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Task;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Probe;
import dev.moorage.csiwire.fuzz.Place;
import dev.moorage.driver.Driver;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/// The loop driver on a simulated node, for callers of other threads: their calls go, one by one,
/// through the simulation's main task.
final class SimulatedDriver implements Csi, AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String KUBELET = "/kubelet";
  private static final int MOST = 3;

  /// A call on its way in; the last one ends the simulation.
  private sealed interface Job {
    record Call(CsiCall<?> call, CompletableFuture<Object> answer) implements Job {}

    record End() implements Job {}
  }

  private final SimTasks tasks = SimTasks.plain();
  private final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
  private final Task<Boolean> simulation;

  SimulatedDriver(Group process) {
    for (var folder : Place.folders()) host.files().makeFolder(KUBELET + "/" + folder, 0750);
    host.files().makeFolder(KUBELET + "/full/inside", 0750);
    host.files().write(KUBELET + "/file", "precious");
    host.filesystems().sync(KUBELET);
    simulation =
        process.start(
            "simulation",
            () -> {
              tasks.run(this::play);
              return true;
            });
  }

  static Place place() {
    return new Place(
        KUBELET,
        "node-a",
        MOST,
        List.of("", "xfs", "ext4", "btrfs"),
        List.of(Bytes.mebi(320).count(), Bytes.mebi(400).count(), Bytes.gibi(1).count()));
  }

  private void play() {
    var settings =
        new LoopDriver.Settings(
            LoopDriver.Settings.DEFAULT_NAME, "1", "node-a", "/var/lib/loop", Bytes.gibi(8), MOST);
    var driver = LoopDriver.start(tasks.group("driver"), host, settings, Journal.none());
    while (!driver.call(new Probe(), LONG).ready()) tasks.home().sleep(Duration.ofMillis(50));
    host.files().makeFolder("/var/lib/loop/inline", 0700); // the kit's own, which stays
    var before = host.inventory();
    answerAll(driver);
    assertThat(host.inventory()).as("what is left").isEqualTo(before);
  }

  private void answerAll(Driver driver) {
    while (take() instanceof Job.Call(var call, var answer)) {
      try {
        answer.complete(driver.call(call, LONG));
      } catch (CsiException refused) {
        answer.completeExceptionally(refused);
      }
    }
  }

  private Job take() {
    try {
      return jobs.take();
    } catch (InterruptedException leave) {
      Thread.currentThread().interrupt();
      return new Job.End();
    }
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    var answer = new CompletableFuture<Object>();
    jobs.add(new Job.Call(call, answer));
    try {
      return call.answer().cast(answer.join());
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof CsiException refused) throw refused;
      throw failed;
    }
  }

  /// Ends the simulation, which proves that nothing is left.
  @Override
  public void close() {
    jobs.add(new Job.End());
    simulation.await();
  }
}
