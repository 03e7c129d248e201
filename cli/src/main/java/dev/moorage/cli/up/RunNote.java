package dev.moorage.cli.up;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a running `moor up` notes about itself in its state folder, for those who come later.
///
/// @param pid its process
/// @param born when that process started: tells a reused pid apart
/// @param phase how far it is
/// @param since when it reached that phase
/// @param url the API's; empty before it listens
record RunNote(long pid, Instant born, Phase phase, Instant since, String url) {

  /// How far a run is.
  enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  static RunNote ofThisProcess(Instant now) {
    var self = ProcessHandle.current();
    return new RunNote(self.pid(), born(self), Phase.STARTING, now, "");
  }

  private static Instant born(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  RunNote reached(Phase next, Instant now) {
    return new RunNote(pid, born, next, now, url);
  }

  RunNote listeningAt(String at) {
    return new RunNote(pid, born, phase, since, at);
  }

  /// The process, while it lives.
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(p -> born(p).equals(born));
  }

  String text() {
    var lines = new LinkedHashMap<String, String>();
    lines.put("pid", Long.toString(pid));
    lines.put("born", born.toString());
    lines.put("phase", phase.name());
    lines.put("since", since.toString());
    lines.put("url", url);
    return KeyLines.text(lines);
  }

  /// Reads what [#text] wrote; empty when it is not that.
  static Optional<RunNote> read(String text) {
    Map<String, String> lines = KeyLines.of(text);
    try {
      return Optional.of(
          new RunNote(
              Long.parseLong(lines.getOrDefault("pid", "")),
              Instant.parse(lines.getOrDefault("born", "")),
              Phase.valueOf(lines.getOrDefault("phase", "")),
              Instant.parse(lines.getOrDefault("since", "")),
              lines.getOrDefault("url", "")));
    } catch (RuntimeException notOurs) {
      return Optional.empty();
    }
  }
}
