package dev.moorage.kubeserver.registry;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.OutcomeUnknown;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.LogEntry;
import dev.moorage.kubeserver.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one order of all writes: decided one after the other, appended to the log, and visible only
/// when they are durable.
///
/// Over a log that does not wait, all of that happens at once under the lock. Over one that waits
/// for a device, writes are decided against the **pending** state, gathered into a batch, and one
/// task appends a batch at a time: whoever writes meanwhile shares the next append.
///
/// One lock, `this`, held while a write is decided; never across a wait.
final class Commits {
  private static final Duration DURABLE_AT_MOST = Duration.ofMinutes(2);
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Log log;
  private final Group group;
  private final Histories histories;
  private volatile State published;
  private State pending; // guarded by this, as are the next three
  private Batch filling;
  private @Nullable Batch appending;
  private Gate work;

  /// Writes that become durable together.
  private static final class Batch {
    private final List<LogEntry> entries = new ArrayList<>(); // guarded by Commits.this
    private final Gate settled;
    private volatile String failure = ""; // set before settled opens

    Batch(Gate settled) {
      this.settled = settled;
    }
  }

  Commits(Log log, Group group, Histories histories, State state) {
    this.log = log;
    this.group = group;
    this.histories = histories;
    this.published = state;
    this.pending = state;
    this.filling = new Batch(group.newGate());
    this.work = group.newGate();
  }

  /// Begins to append; needed once, and only where the log waits.
  void start() {
    if (log.waits()) group.start("append", this::appendBatches);
  }

  /// The newest durable state.
  State state() {
    return published;
  }

  /// Carries out one write.
  ///
  /// @param decide decides it on the newest state; may refuse by a [KubeException]
  /// @throws OutcomeUnknown when it took too long to become durable
  Answer write(Function<State, Draft> decide) {
    return log.waits() ? writeLater(decide) : writeNow(decide);
  }

  private Answer writeNow(Function<State, Draft> decide) {
    Draft draft;
    var wake = List.<Gate>of();
    synchronized (this) {
      draft = decide.apply(pending);
      if (!draft.entries().isEmpty()) {
        append(draft.entries());
        pending = pending.with(draft.entries());
        wake = publish(draft.entries());
      }
    }
    wake.forEach(Gate::open);
    return draft.answer();
  }

  private void append(List<LogEntry> entries) {
    try {
      log.append(entries);
    } catch (StoreException e) {
      throw notStored(String.valueOf(e.getMessage()));
    }
  }

  /// A decision, and the batch that must be durable before anybody may hear of it: a refusal, too,
  /// may rest on writes that are not durable yet.
  private record Decided(
      Optional<Answer> answer, Optional<KubeException> refusal, @Nullable Batch after) {}

  private Answer writeLater(Function<State, Draft> decide) {
    Decided decided;
    Gate wake;
    synchronized (this) {
      decided = decide(decide);
      wake = work;
    }
    wake.open();
    if (decided.after != null) await(decided.after);
    if (decided.refusal.isPresent()) throw decided.refusal.get();
    return decided.answer.orElseThrow();
  }

  private synchronized Decided decide(Function<State, Draft> decide) {
    Optional<Answer> answer = Optional.empty();
    Optional<KubeException> refusal = Optional.empty();
    try {
      var draft = decide.apply(pending);
      filling.entries.addAll(draft.entries());
      pending = pending.with(draft.entries());
      answer = Optional.of(draft.answer());
    } catch (KubeException refused) {
      refusal = Optional.of(refused);
    }
    return new Decided(answer, refusal, filling.entries.isEmpty() ? appending : filling);
  }

  private static void await(Batch batch) {
    if (!batch.settled.await(DURABLE_AT_MOST))
      throw new OutcomeUnknown(
          "the write was not durable after " + DURABLE_AT_MOST.toSeconds() + " s");
    if (!batch.failure.isEmpty()) throw notStored(batch.failure);
  }

  private static KubeException notStored(String why) {
    return new KubeException(
        KubeException.Reason.InternalError, "the write was not stored: " + why);
  }

  private boolean appendBatches() {
    while (true) {
      var batch = nextBatch();
      try {
        log.append(batch.entries);
      } catch (Stopped closing) {
        throw closing;
      } catch (RuntimeException failed) {
        fail(batch, failed);
        continue;
      }
      settle(batch);
    }
  }

  private Batch nextBatch() {
    while (true) {
      var fresh = new Batch(group.newGate());
      var idle = group.newGate();
      synchronized (this) {
        if (!filling.entries.isEmpty()) {
          var full = filling;
          appending = full;
          filling = fresh;
          return full;
        }
        work = idle;
      }
      idle.await(FOREVER);
    }
  }

  private void settle(Batch batch) {
    List<Gate> wake;
    synchronized (this) {
      appending = null;
      wake = publish(batch.entries);
    }
    batch.settled.open();
    wake.forEach(Gate::open);
  }

  /// What was decided on top of the failed writes fails with them.
  private void fail(Batch batch, RuntimeException failed) {
    var fresh = new Batch(group.newGate());
    Batch next;
    synchronized (this) {
      appending = null;
      next = filling;
      filling = fresh;
      pending = published;
    }
    for (Batch lost : List.of(batch, next)) {
      lost.failure = String.valueOf(failed.getMessage());
      lost.settled.open();
    }
  }

  private synchronized List<Gate> publish(List<LogEntry> entries) {
    var added = histories.add(published, entries);
    published = added.state();
    return added.wake();
  }
}
