package dev.moorage.conformance;

import dev.moorage.base.Group;
import dev.moorage.conformance.Answer.Given;
import dev.moorage.conformance.Answer.Refused;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Probe;
import java.time.Duration;
import java.util.Set;

/// The line to the driver: each call has a deadline, is written down, and what it may have made is
/// remembered.
final class Line {
  /// After these the work may go on; the same call is to be made again.
  private static final Set<Code> NOT_FINAL =
      Set.of(Code.CANCELLED, Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE, Code.ABORTED);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Group group;
  private final Csi csi;
  private final Transcript transcript;
  private final Remembered remembered;
  private final Duration atMost;

  Line(Group group, Csi csi, Transcript transcript, Remembered remembered, Duration atMost) {
    this.group = group;
    this.csi = csi;
    this.transcript = transcript;
    this.remembered = remembered;
    this.atMost = atMost;
  }

  <R> Answer<R> ask(CsiCall<R> call) {
    return ask(call, atMost);
  }

  <R> Answer<R> ask(CsiCall<R> call, Duration within) {
    long begun = group.tasks().nanos();
    remembered.before(call);
    Answer<R> answer = answered(call, within);
    transcript.note(call, answer, Duration.ofNanos(group.tasks().nanos() - begun));
    remembered.after(call, answer);
    return answer;
  }

  private <R> Answer<R> answered(CsiCall<R> call, Duration within) {
    try {
      return new Given<>(csi.call(call, within));
    } catch (CsiException refused) {
      return new Refused<>(refused.code(), String.valueOf(refused.getMessage()));
    }
  }

  /// Makes a call again until its outcome is certain, as an orchestrator does.
  <R> Answer<R> insist(CsiCall<R> call) {
    long end = group.tasks().nanos() + atMost.toNanos();
    while (true) {
      var answer = ask(call);
      if (!(answer instanceof Refused<R>(var code, _)) || !NOT_FINAL.contains(code)) return answer;
      if (group.tasks().nanos() > end) return answer;
      group.sleep(PAUSE);
    }
  }

  /// Whether nobody answers at all any more, not even after a while.
  boolean gone() {
    return insist(new Probe()) instanceof Refused<?>(var code, _) && code == Code.UNAVAILABLE;
  }
}
