package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;

import dev.moorage.conformance.Answer.Refused;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.VolumeCapability;
import java.util.ArrayList;
import java.util.List;

/// What refusals say.
final class RefusalChecks {
  private RefusalChecks() {}

  static List<Check> all() {
    return new Topic(
            "refusal", "CSI specification, Error Scheme", Need.central(CREATE_DELETE_VOLUME))
        .add(
            "message",
            "Each refusal has a message.",
            b -> {
              for (var call : wrong(b))
                if (b.ask(call) instanceof Refused<?>(var code, var message))
                  b.must(
                      !message.isBlank(), "a message with " + code + " from " + call.rpc(), "none");
            })
        .by("CSI specification, Secrets Requirements")
        .add(
            "no-secrets",
            "No refusal shows a secret.",
            b -> {
              for (var call : wrong(b))
                if (b.ask(call) instanceof Refused<?> refused)
                  b.must(!b.tellsSecret(refused.message()), "no secret in the message", refused);
            },
            new Need.AnySecrets())
        .list();
  }

  /// Requests that cannot be met.
  private static List<CsiCall<?>> wrong(Bench b) {
    var calls = new ArrayList<CsiCall<?>>();
    var disk = b.disk("a");
    calls.add(b.volume("b").named("").call());
    calls.add(b.volume("b").used().call());
    calls.add(b.volume("b").sized(CreateChecks.NOBODY_HAS_IT, CreateChecks.NOBODY_HAS_IT).call());
    calls.add(DeleteChecks.delete(b, ""));
    if (b.facts().node().isEmpty()) return calls;
    calls.add(disk.stageCall(disk.staging(), VolumeCapability.MISSING));
    calls.add(disk.publishCall(disk.target(), VolumeCapability.MISSING, false));
    return calls;
  }
}
