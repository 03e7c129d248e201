package dev.moorage.conformance;

import dev.moorage.base.Group;
import dev.moorage.csi.Csi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The suite.
public final class Conformance {
  private Conformance() {}

  /// What there is to check, in the order of a run.
  public static List<About> checks() {
    return all().stream().map(Check::about).toList();
  }

  static List<Check> all() {
    return Stream.of(
            IdentityChecks.all(),
            NodeInfoChecks.all(),
            CreateChecks.all(),
            CreateAgainChecks.all(),
            NameChecks.all(),
            PlaceChecks.all(),
            DeleteChecks.all(),
            ValidateChecks.all(),
            ListChecks.all(),
            CapacityChecks.all(),
            AttachChecks.all(),
            StageChecks.all(),
            PublishChecks.all(),
            SecondPublishChecks.all(),
            AccessModeChecks.all(),
            PathChecks.all(),
            ContentChecks.all(),
            StatsChecks.all(),
            ExpandChecks.all(),
            ModifyChecks.all(),
            SnapshotChecks.all(),
            ListSnapshotsChecks.all(),
            RestoreChecks.all(),
            CloneChecks.all(),
            GroupSnapshotChecks.all(),
            MetadataChecks.all(),
            HealthChecks.all(),
            ConcurrencyChecks.all(),
            DeadlineChecks.all(),
            TwiceChecks.all(),
            RestartChecks.all(),
            RefusalChecks.all(),
            HonestyChecks.all())
        .flatMap(List::stream)
        .toList();
  }

  /// Checks a driver. Returns when all checks are done; the driver has nothing left of it then,
  /// unless the report says so.
  ///
  /// @param group whose tasks the callers are; to end a run early, let the listener say so
  /// @throws dev.moorage.csi.CsiException UNAVAILABLE when nobody answers at all
  public static Report run(
      Group group, Csi driver, Surroundings around, Options options, Listener listener) {
    long begun = group.tasks().nanos();
    var facts = Facts.of(driver, options.limits().call());
    var session = new Session(group, driver, around, options, facts, listener);
    var chosen = all().stream().filter(its -> options.choice().takes(its.about().id())).toList();
    var results = new ArrayList<Result>();
    var over = Optional.<String>empty();
    for (var check : chosen) {
      listener.begins(check.about(), results.size() + 1, chosen.size());
      if (!listener.goesOn()) over = Optional.of("the run was ended");
      var run = new Run(session, check, results.size() + 1);
      var result = over.map(run::notRun).orElseGet(run::play);
      results.add(result);
      listener.ended(result);
      if (over.isEmpty() && result.failed() && !run.stillServed())
        over = Optional.of("the driver answers no more since " + check.about().id());
    }
    var took = Duration.ofNanos(group.tasks().nanos() - begun);
    var name = facts.info().name() + " " + facts.info().vendorVersion();
    return new Report(name.strip(), options.seed(), took, results);
  }
}
