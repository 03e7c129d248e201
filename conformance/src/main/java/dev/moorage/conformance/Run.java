package dev.moorage.conformance;

import dev.moorage.base.Stopped;
import dev.moorage.conformance.Answer.Refused;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One check at work.
final class Run {
  private final Session session;
  private final Check check;
  private final int number;
  private final Transcript transcript;
  private final Remembered remembered;
  private final Line line;
  private final Paths paths;

  Run(Session session, Check check, int number) {
    this.session = session;
    this.check = check;
    this.number = number;
    var options = session.options();
    this.transcript = new Transcript(options.secrets().values());
    this.remembered = new Remembered(options);
    this.line =
        new Line(session.group(), session.csi(), transcript, remembered, options.limits().call());
    this.paths = new Paths(session.around().host(), options.folder() + "/" + number);
  }

  Result play() {
    long begun = session.group().tasks().nanos();
    var outcome = leftOut().orElseGet(this::played);
    var took = Duration.ofNanos(session.group().tasks().nanos() - begun);
    return new Result(check.about(), outcome, took, transcript.calls());
  }

  Result notRun(String why) {
    return new Result(check.about(), new Outcome.NotRun(why), Duration.ZERO, List.of());
  }

  /// Whether the driver is there, after a failure; where it may be killed, it is started again.
  boolean stillServed() {
    if (!line.gone()) return true;
    if (session.around().restart().isEmpty()) return false;
    session.around().restart().get().killAndStart();
    return !line.gone();
  }

  private Optional<Outcome> leftOut() {
    var reason = session.options().choice().skip().get(check.about().id());
    if (reason != null) return Optional.of(new Outcome.Skipped("left out by its user: " + reason));
    for (var need : check.needs()) {
      var missing = need.missing(session);
      if (missing.isPresent()) return missing;
    }
    return Optional.empty();
  }

  private Outcome played() {
    var outcome = tried();
    var left = cleanUp();
    if (left.isEmpty() || outcome instanceof Outcome.Failed) return outcome;
    return new Outcome.Failed("nothing left after cleaning up", String.join("; ", left));
  }

  private Outcome tried() {
    try {
      check.body().run(new Bench(session, line, transcript, paths, number));
      return new Outcome.Passed();
    } catch (Unmet unmet) {
      return new Outcome.Failed(unmet.expected(), unmet.seen());
    } catch (NotAsked notAsked) {
      return new Outcome.Skipped(notAsked.why());
    } catch (Stopped ended) {
      return new Outcome.NotRun("the run was ended");
    } catch (HostException refused) {
      return new Outcome.Failed(
          "a volume that can be used", transcript.masked(String.valueOf(refused.getMessage())));
    }
  }

  /// Undoes everything, the newest first.
  ///
  /// @return what could not be undone, or was left
  private List<String> cleanUp() {
    var left = new ArrayList<String>();
    try {
      for (var call : remembered.newestFirst()) undo(call, left);
      for (var mount : paths.clear()) left.add("a mount at " + mount);
    } catch (HostException failed) {
      left.add(String.valueOf(failed.getMessage()));
    } catch (Stopped leaving) {
      left.add("the run was ended");
    }
    return left;
  }

  private void undo(CsiCall<?> call, List<String> left) {
    var answer = line.insist(call);
    if (answer instanceof Refused<?>(var code, _)) {
      if (!tolerated(call, code)) left.add(call.rpc() + ": " + answer);
      return;
    }
    if (makes(call))
      remembered.newestFirst().stream()
          .findFirst()
          .ifPresent(undo -> {
            if (!makes(undo)) undo(undo, left);
          });
  }

  private static boolean makes(CsiCall<?> call) {
    return call instanceof CreateVolume
        || call instanceof CreateSnapshot
        || call instanceof CreateVolumeGroupSnapshot;
  }

  /// What is gone needs no undoing; a creation that is refused for good has made nothing.
  private static boolean tolerated(CsiCall<?> call, Code code) {
    return switch (call) {
      case ControllerUnpublishVolume _, NodeUnstageVolume _, NodeUnpublishVolume _ ->
          code == Code.NOT_FOUND || code == Code.INVALID_ARGUMENT;
      default -> makes(call);
    };
  }
}
