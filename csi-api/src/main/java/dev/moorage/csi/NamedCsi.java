package dev.moorage.csi;

import java.time.Duration;

/// A driver whose failures say which driver failed, in which call, and what happens next: their
/// text is what users read in events and conditions.
///
/// @param name the driver's name
public record NamedCsi(String name, Csi csi) implements Csi {

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    try {
      return csi.call(call, atMost);
    } catch (CsiException failed) {
      throw new CsiException(failed.code(), told(call, failed), failed);
    }
  }

  private String told(CsiCall<?> call, CsiException failed) {
    var message = String.valueOf(failed.getMessage());
    var what = message.startsWith(call.rpc()) ? message : call.rpc() + ": " + message;
    return "driver " + name + ", " + what + "; " + next(call, failed);
  }

  private static String next(CsiCall<?> call, CsiException failed) {
    boolean onlyAsks = call.subject().isEmpty();
    return next(onlyAsks ? Certainty.NOT_RUNNING : Certainty.of(call, failed.code()));
  }

  private static String next(Certainty certainty) {
    return switch (certainty) {
      case MAYBE_RUNNING -> "it may still be at work on it, and is asked the same again";
      case NOT_RUNNING -> "it is asked again";
      case HOPELESS -> "asked the same it will refuse again, so it is asked again slowly";
    };
  }
}
