package dev.moorage.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.base.Secret;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.conformance.mutants.Mutant;
import dev.moorage.conformance.mutants.World;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Secrets;
import dev.moorage.driver.CsiVersion;
import dev.moorage.host.HostException;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The whole suite on a loop driver with one seeded bug, in simulation, up to the first check that
/// fails. What the suite has everything for is tried: devices, secrets, parameters, kills, the
/// attach limit.
///
/// @param version which one the driver shows
record Trial(CsiVersion version) {
  private static final String FOLDER = "/var/lib/checks";
  private static final long SEED = 7;
  private static final String NO_LINKS = "simulated hosts have no symbolic links";

  /// The check that finds the bug with either version of CSI.
  static Optional<Result> found(Mutant mutant) {
    return Stream.of(CsiVersion.values())
        .map(version -> new Trial(version).firstFailure(mutant.made()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The first check that fails.
  Optional<Result> firstFailure(Function<World, Csi> made) {
    return played(made, new UpToFailure()).failures().stream().findFirst();
  }

  /// The whole run.
  Report played(Function<World, Csi> made, Listener listener) {
    var tasks = SimTasks.plain();
    var host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
    var report = new AtomicReference<Report>();
    host.files().makeFolder(FOLDER, 0750);
    host.filesystems().sync("/var/lib");
    var raw = new SimRaw(host);
    tasks.run(() -> {
      var driver = new SimDriver(tasks, raw.seen(), version).ready();
      var around = new Surroundings(host, Optional.of(raw), Optional.of(driver));
      var served = new Served(made.apply(new World(driver, host, SEED)));
      report.set(Conformance.run(tasks.home(), served, around, options(), listener));
    });
    return report.get();
  }

  private static Options options() {
    return new Options(
        new Options.Wanted(
            "", Map.of("label", "checks"), Map.of("discard", "off"), Map.of(), Bytes.mebi(400)),
        secrets(),
        new Options.Choice(
            Map.of(
                "node.paths.link-at-target", NO_LINKS,
                "node.paths.link-at-target-unpublish", NO_LINKS,
                "node.paths.link-to-staging", NO_LINKS),
            ""),
        FOLDER,
        SEED,
        new Options.Limits(Duration.ofSeconds(30), 16, Bytes.gibi(1 << 10)));
  }

  private static Map<String, Secrets> secrets() {
    return Stream.of(
            "CreateVolume",
            "DeleteVolume",
            "ControllerPublishVolume",
            "NodeStageVolume",
            "NodePublishVolume",
            "CreateSnapshot")
        .collect(
            Collectors.toMap(
                its -> its + "Secret",
                its -> new Secrets(Map.of("password", new Secret("hush-" + its)))));
  }

  /// As a driver's server does it: what is no refusal reaches the caller as UNKNOWN.
  private record Served(Csi inner) implements Csi {
    @Override
    public <R> R call(CsiCall<R> call, Duration atMost) {
      try {
        return inner.call(call, atMost);
      } catch (HostException | IllegalArgumentException broken) {
        throw new CsiException(Code.UNKNOWN, String.valueOf(broken.getMessage()), broken);
      }
    }
  }

  /// Ends a run at the first failure.
  private static final class UpToFailure implements Listener {
    private boolean failed;

    @Override
    public boolean goesOn() {
      return !failed;
    }

    @Override
    public void ended(Result result) {
      failed |= result.failed();
    }
  }
}
