package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.ValidateVolumeCapabilities;
import java.util.List;
import java.util.Map;

/// Says whether a volume is what somebody takes it for.
record Validation(Kit kit) {

  ValidateVolumeCapabilities.Answer validate(ValidateVolumeCapabilities call) {
    Limits.volume(call.volume());
    if (call.capabilities().isEmpty()) throw Refusals.invalid("volume_capabilities are missing");
    call.capabilities().forEach(Wish::checkComplete);
    Limits.map("volume_context", call.volumeContext());
    Limits.map("parameters", call.parameters());
    Limits.map("mutable_parameters", call.mutableParameters());
    var volume = kit.usable(call.volume());
    var refusal = refusal(volume, call);
    if (!refusal.isEmpty())
      return new ValidateVolumeCapabilities.Answer(
          false, Map.of(), List.of(), Map.of(), Map.of(), refusal);
    return new ValidateVolumeCapabilities.Answer(
        true,
        call.volumeContext(),
        call.capabilities(),
        call.parameters(),
        call.mutableParameters(),
        "");
  }

  private String refusal(VolumeRecord volume, ValidateVolumeCapabilities call) {
    var support = kit.backend().support();
    for (var capability : call.capabilities()) {
      var refusal = support.refusal(capability);
      if (!refusal.isEmpty()) return refusal;
      var fsType = support.use(capability).fsType();
      if (!fsType.equals(volume.fsType()))
        return "the volume is for " + volume.fsType() + ", not for " + fsType;
    }
    if (!call.volumeContext().isEmpty() && !volume.context().equals(call.volumeContext()))
      return "the volume has another context";
    var parameters = refusal(volume, call.parameters());
    return parameters.isEmpty() ? mutableRefusal(volume, call.mutableParameters()) : parameters;
  }

  private String refusal(VolumeRecord volume, Map<String, String> parameters) {
    if (parameters.isEmpty() || !(kit.backend() instanceof CreatesVolumes backend)) return "";
    try {
      var asked = Wish.parameters(parameters, backend.parameters());
      return asked.equals(volume.parameters()) ? "" : "the volume was made with other parameters";
    } catch (CsiException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private String mutableRefusal(VolumeRecord volume, Map<String, String> mutable) {
    if (mutable.isEmpty()) return "";
    if (!(kit.backend() instanceof ModifiesVolumes)) return "mutable_parameters are not supported";
    return mutable.equals(volume.mutable()) ? "" : "the volume has other mutable parameters";
  }
}
