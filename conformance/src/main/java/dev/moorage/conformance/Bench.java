package dev.moorage.conformance;

import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.conformance.Answer.Given;
import dev.moorage.conformance.Answer.Refused;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Volume;
import dev.moorage.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// What a check works with: calls, volumes, paths, and demands.
final class Bench {
  /// Shorter than any driver's work.
  private static final Duration CUT = Duration.ofMillis(1);

  private final Session session;
  private final Line line;
  private final Transcript transcript;
  private final Paths paths;
  private final int number;

  /// @param number of the check: names of different checks differ
  Bench(Session session, Line line, Transcript transcript, Paths paths, int number) {
    this.session = session;
    this.line = line;
    this.transcript = transcript;
    this.paths = paths;
    this.number = number;
  }

  // What there is

  Options options() {
    return session.options();
  }

  Facts facts() {
    return session.facts();
  }

  Host host() {
    return session.around().host();
  }

  RawAccess raw() {
    return session.around().raw().orElseThrow(() -> new NotAsked("no access to devices"));
  }

  Paths paths() {
    return paths;
  }

  Secrets secrets(String name) {
    return options().secretsOf(name);
  }

  /// A name that no other check and no other seed uses.
  String name(String label) {
    return "mc-" + session.seedText() + "-" + number + "-" + label;
  }

  // Calls

  private Line line() {
    if (!session.goesOn()) throw new Stopped("the run was ended");
    return line;
  }

  /// A call that must be answered.
  <R> R ok(CsiCall<R> call) {
    return answered(call, line().ask(call));
  }

  private static <R> R answered(CsiCall<R> call, Answer<R> answer) {
    return switch (answer) {
      case Given<R>(var value) -> value;
      case Refused<R> refused -> throw new Unmet("OK from " + call.rpc(), refused.toString());
    };
  }

  /// A call that must be refused, with one of these codes.
  Refused<?> refused(CsiCall<?> call, Code... codes) {
    if (!(line().ask(call) instanceof Refused<?> refused))
      throw new Unmet(oneOf(codes) + " from " + call.rpc(), "OK");
    must(
        Arrays.asList(codes).contains(refused.code()),
        oneOf(codes) + " from " + call.rpc(),
        refused);
    return refused;
  }

  /// A call that must be refused, with whatever code.
  void mustRefuse(CsiCall<?> call) {
    must(!line().ask(call).given(), "a refusal from " + call.rpc(), "OK");
  }

  /// A call that may be answered, or refused with one of these codes.
  <R> Answer<R> okOr(CsiCall<R> call, Code... codes) {
    var answer = line().ask(call);
    if (answer instanceof Refused<R> refused)
      must(
          Arrays.asList(codes).contains(refused.code()),
          "OK or " + oneOf(codes) + " from " + call.rpc(),
          refused);
    return answer;
  }

  private static String oneOf(Code... codes) {
    return String.join(" or ", Arrays.stream(codes).map(Code::name).toList());
  }

  /// A call of which anything may come.
  <R> Answer<R> ask(CsiCall<R> call) {
    return line().ask(call);
  }

  /// A call whose caller leaves at once: mostly it is not known what came of it.
  <R> Answer<R> cut(CsiCall<R> call) {
    return line().ask(call, CUT);
  }

  /// A call that is made again until its outcome is certain, and must then be answered.
  <R> R insist(CsiCall<R> call) {
    return answered(call, line().insist(call));
  }

  /// Calls by several callers at once.
  List<Answer<?>> atOnce(List<? extends CsiCall<?>> calls) {
    var tasks = new ArrayList<Task<Answer<?>>>();
    try (var callers = session.group().group("callers")) {
      for (var call : calls) tasks.add(callers.start(call.rpc(), () -> line().ask(call)));
      var answers = new ArrayList<Answer<?>>();
      for (var task : tasks) answers.add(task.await());
      return List.copyOf(answers);
    }
  }

  /// The same call by several callers at once: each is answered, or told that one is pending; asked
  /// again, the call is answered, and all answers are the same.
  <R> R sameAtOnce(CsiCall<R> call) {
    var answers = atOnce(Collections.nCopies(8, call));
    R last = insist(call);
    for (var answer : answers)
      switch (answer) {
        case Given<?>(var value) -> same(last, value, "the answer of each caller");
        case Refused<?> refused ->
            must(refused.code() == Code.ABORTED, "OK or ABORTED from " + call.rpc(), refused);
      }
    return last;
  }

  // The driver's life

  /// Kills the driver, starts it again and waits until it serves.
  void restart() {
    session.around().restart().orElseThrow().killAndStart();
    awaitReady();
  }

  private void awaitReady() {
    var ready = line().insist(new Probe());
    long end = session.group().tasks().nanos() + options().limits().call().toNanos();
    while (!(ready instanceof Given<Probe.Answer>(var probe) && probe.ready())) {
      must(session.group().tasks().nanos() < end, "a driver that serves after its restart", ready);
      sleep(Duration.ofMillis(20));
      ready = line().ask(new Probe());
    }
  }

  /// Kills the driver while a call runs; then the call is made again until it is answered.
  ///
  /// @param turn 0 and up: each time at another moment
  <R> R killedDuring(CsiCall<R> call, int turn) {
    try (var callers = session.group().group("caller")) {
      var running = callers.start(call.rpc(), () -> line().ask(call));
      sleep(Duration.ofMillis((options().seed() & 3) + turn * 7L));
      restart();
      var _ = running.await();
    }
    return insist(call);
  }

  void sleep(Duration time) {
    session.group().sleep(time);
  }

  Instant now() {
    return session.group().tasks().now();
  }

  // Volumes

  /// A wish for an ordinary volume.
  NewVolume volume(String label) {
    return volume(label, session.usual());
  }

  NewVolume volume(String label, Form form) {
    return NewVolume.usual(options(), name(label)).used(form, AccessMode.SINGLE_NODE_WRITER);
  }

  /// Whether the driver says that it makes no volumes for a use.
  boolean refuses(Form form, AccessMode mode) {
    return session.refusal(form, mode).isPresent();
  }

  /// Makes an ordinary volume.
  Disk disk(String label) {
    return disk(volume(label));
  }

  Disk disk(String label, Form form) {
    return disk(volume(label, form));
  }

  Disk disk(NewVolume wish) {
    return disk(wish, ok(wish.call()));
  }

  Disk disk(NewVolume wish, Volume volume) {
    return new Disk(this, wish, volume);
  }

  // Demands

  void must(boolean holds, String expected, Object seen) {
    if (!holds) throw new Unmet(transcript.masked(expected), transcript.masked(seen.toString()));
  }

  void same(Object expected, Object seen, String what) {
    must(Objects.equals(expected, seen), what + " to be " + expected, seen);
  }

  /// Whether a text gives a secret away.
  boolean tellsSecret(String text) {
    return transcript.tells(text);
  }
}
