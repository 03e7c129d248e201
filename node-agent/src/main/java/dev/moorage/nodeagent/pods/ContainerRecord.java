package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.host.Ledger;
import dev.moorage.host.Sandboxes.Sandbox;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What this agent must still know of a container after a restart. Written before the process is
/// started, so that no process runs unknown.
///
/// @param restarts how often it was started again
record ContainerRecord(ObjectKey pod, String uid, String container, int restarts, State state) {

  /// How far the container has come.
  sealed interface State {
    /// It is about to be started.
    record Intended() implements State {}

    /// It was started.
    ///
    /// @param asked when it was asked to end; [Instant#MAX] while nobody has
    record Started(Sandbox sandbox, Instant at, Instant asked) implements State {}

    /// It has ended.
    ///
    /// @param exitCode [#LOST] where nobody was there to see it
    /// @param byItself false when this node ended it (it rests, or lost its power): no crash, so it
    ///   starts again without a rest
    record Ended(int exitCode, Instant startedAt, Instant at, boolean byItself) implements State {}
  }

  /// The exit code of a process whose end nobody saw. Source: the kubelet's
  /// `ContainerStatusUnknown`.
  static final int LOST = 137;

  private static final int FORMAT = 1;

  String key() {
    return uid + "." + container;
  }

  ContainerRecord with(State next) {
    return new ContainerRecord(pod, uid, container, restarts, next);
  }

  Ledger.Entry write() {
    var texts = new TreeMap<>(Map.of("namespace", pod.namespace(), "pod", pod.name()));
    texts.put("uid", uid);
    texts.put("container", container);
    texts.put("restarts", Integer.toString(restarts));
    switch (state) {
      case State.Intended() -> texts.put("state", "intended");
      case State.Started(var sandbox, var at, var asked) -> {
        texts.put("state", "started");
        texts.put("sandbox", sandbox.name());
        texts.put("pid", Long.toString(sandbox.pid()));
        texts.put("init", Long.toString(sandbox.init()));
        texts.put("init-start", Long.toString(sandbox.initStart()));
        texts.put("boot", sandbox.bootId());
        texts.put("started-at", at.toString());
        if (!asked.equals(Instant.MAX)) texts.put("asked-at", asked.toString());
      }
      case State.Ended(var exitCode, var startedAt, var at, var byItself) -> {
        texts.put("state", "ended");
        texts.put("exit-code", Integer.toString(exitCode));
        texts.put("started-at", startedAt.toString());
        texts.put("ended-at", at.toString());
        if (!byItself) texts.put("ended-by", "node");
      }
    }
    return new Ledger.Entry(FORMAT, texts);
  }

  static ContainerRecord read(Ledger.Entry entry) {
    return new ContainerRecord(
        new ObjectKey(entry.text("namespace"), entry.text("pod")),
        entry.text("uid"),
        entry.text("container"),
        Integer.parseInt(entry.text("restarts")),
        state(entry));
  }

  private static State state(Ledger.Entry entry) {
    return switch (entry.text("state")) {
      case "started" ->
          new State.Started(
              new Sandbox(
                  entry.text("sandbox"),
                  Long.parseLong(entry.text("pid")),
                  Long.parseLong(entry.text("init")),
                  Long.parseLong(entry.text("init-start")),
                  entry.text("boot")),
              Instant.parse(entry.text("started-at")),
              entry.text("asked-at").isEmpty()
                  ? Instant.MAX
                  : Instant.parse(entry.text("asked-at")));
      case "ended" ->
          new State.Ended(
              Integer.parseInt(entry.text("exit-code")),
              Instant.parse(entry.text("started-at")),
              Instant.parse(entry.text("ended-at")),
              entry.text("ended-by").isEmpty());
      default -> new State.Intended();
    };
  }
}
