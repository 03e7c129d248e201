package dev.moorage.csi;

/// `Identity.Probe`: is the driver ready?
public record Probe() implements CsiCall<Probe.Answer> {
  @Override
  public Class<Probe.Answer> answer() {
    return Probe.Answer.class;
  }

  /// Healthy; `ready` is false while the driver still initialises.
  public record Answer(boolean ready) {}
}
