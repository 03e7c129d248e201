package dev.moorage.driver;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Lets a repeated call that changes something join the first one while that runs: it waits for the
/// same answer instead of being refused. A different call meets the key locks.
final class Joining {
  private final Group group;

  /// By call, without secrets. Guarded by this.
  private final Map<CsiCall<?>, Running> running = new HashMap<>();

  Joining(Group group) {
    this.group = group;
  }

  /// A call that runs, and then its outcome.
  private static final class Running {
    private final Gate ended;
    private volatile Optional<Outcome> outcome = Optional.empty();

    Running(Gate ended) {
      this.ended = ended;
    }
  }

  private sealed interface Outcome {
    record Answered(Object answer) implements Outcome {}

    record Refused(CsiException why) implements Outcome {}
  }

  /// Runs a call, or waits for an equal one that runs.
  ///
  /// @param atMost how long to wait for another one
  /// @throws CsiException what the call threw; DEADLINE_EXCEEDED while the other one still runs
  Object run(CsiCall<?> call, Duration atMost, Supplier<Object> work) {
    var key = SameCall.key(call);
    if (key.isEmpty()) return work.get();
    var mine = new Running(group.newGate());
    var first = firstOf(key.get(), mine);
    return first == mine ? lead(key.get(), mine, work) : follow(call, first, atMost);
  }

  private synchronized Running firstOf(CsiCall<?> key, Running mine) {
    return running.computeIfAbsent(key, _ -> mine);
  }

  private synchronized void forget(CsiCall<?> key) {
    running.remove(key);
  }

  private Object lead(CsiCall<?> key, Running mine, Supplier<Object> work) {
    try {
      var answer = work.get();
      mine.outcome = Optional.of(new Outcome.Answered(answer));
      return answer;
    } catch (CsiException refused) {
      mine.outcome = Optional.of(new Outcome.Refused(refused));
      throw refused;
    } finally {
      forget(key);
      mine.ended.open();
    }
  }

  private static Object follow(CsiCall<?> call, Running first, Duration atMost) {
    if (!first.ended.await(atMost))
      throw new CsiException(
          Code.DEADLINE_EXCEEDED,
          call.rpc()
              + " of "
              + call.subject()
              + ": the same call has run for longer than "
              + atMost.toMillis()
              + " ms; it goes on");
    var outcome =
        first.outcome.orElseThrow(() ->
            new CsiException(
                Code.ABORTED,
                call.rpc() + " of " + call.subject() + " ended without an answer; try again"));
    return switch (outcome) {
      case Outcome.Answered(var answer) -> answer;
      case Outcome.Refused(var why) ->
          throw new CsiException(why.code(), String.valueOf(why.getMessage()), why);
    };
  }
}
