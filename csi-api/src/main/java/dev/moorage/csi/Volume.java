package dev.moorage.csi;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.Map;

/// A volume, as CreateVolume answers it.
///
/// @param capacity zero where the driver does not know
/// @param context opaque to the caller, handed to later calls; no secrets
/// @param accessible alternatives; empty for everywhere
public record Volume(
    VolumeId id,
    Bytes capacity,
    Map<String, String> context,
    ContentSource source,
    List<Topology> accessible) {
  public Volume {
    context = Map.copyOf(context);
    accessible = List.copyOf(accessible);
  }
}
