package dev.moorage.drivermain;

import dev.moorage.base.Tasks;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.time.Duration;
import java.util.Locale;

/// A driver whose calls are logged and counted: rpc, what it is about, how it ended, how long it
/// took. Requests themselves are never written: they hold secrets and mount flags.
final class ToldCsi implements Csi {
  private static final String SOURCE = "calls";
  private static final int NANOS_IN_MILLI = 1_000_000;

  private final Csi driver;
  private final Tasks tasks;
  private final LogLines log;
  private final CallMetrics metrics;

  ToldCsi(Csi driver, Tasks tasks, LogLines log, CallMetrics metrics) {
    this.driver = driver;
    this.tasks = tasks;
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    long began = tasks.nanos();
    metrics.began();
    try {
      R answer = driver.call(call, atMost);
      ended(call, "OK", "", began);
      return answer;
    } catch (RuntimeException failure) {
      var told = CsiException.of(call, failure);
      ended(call, words(told.code()), String.valueOf(told.getMessage()), began);
      throw told;
    }
  }

  private void ended(CsiCall<?> call, String code, String why, long began) {
    long nanos = tasks.nanos() - began;
    metrics.ended(call.rpc(), code, nanos);
    var millis = Long.toString(nanos / NANOS_IN_MILLI);
    if (!why.isEmpty())
      log.warning(
          SOURCE,
          "Call failed",
          "rpc",
          call.rpc(),
          "on",
          call.subject(),
          "code",
          code,
          "ms",
          millis,
          "err",
          why);
    else if (log.tells(onlyAsks(call) ? LogLines.ALL : LogLines.CALLS))
      log.info(SOURCE, "Call", "rpc", call.rpc(), "on", call.subject(), "code", code, "ms", millis);
  }

  /// What is asked every few seconds would hide all else.
  private static boolean onlyAsks(CsiCall<?> call) {
    return call.subject().isEmpty() || call.rpc().equals("NodeGetVolumeStats");
  }

  /// A code as Go programs spell it, which metrics and alerts of the field expect.
  static String words(Code code) {
    if (code == Code.CANCELLED) return "Canceled";
    var words = new StringBuilder();
    for (var word : code.name().split("_", -1))
      words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    return words.toString();
  }
}
