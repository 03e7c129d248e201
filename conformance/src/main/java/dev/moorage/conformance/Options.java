package dev.moorage.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Secrets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How a driver is checked.
///
/// @param wanted the volumes that are asked for
/// @param secrets by csi-sanity's names: `CreateVolumeSecret`, `NodeStageVolumeSecret` and so on
/// @param choice which checks
/// @param folder an existing folder of the node, for staging and target paths; absolute, without
///   links in it
/// @param seed where names begin
/// @param limits how long and how much
public record Options(
    Wanted wanted,
    Map<String, Secrets> secrets,
    Choice choice,
    String folder,
    long seed,
    Limits limits) {
  public Options {
    secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
  }

  /// The volumes that are asked for.
  ///
  /// @param fsType empty for the driver's default
  /// @param parameters of a StorageClass
  /// @param mutable of a VolumeAttributesClass; without them some checks are not run
  /// @param snapshots of a VolumeSnapshotClass
  /// @param size of an ordinary volume; 16 MiB or more
  public record Wanted(
      String fsType,
      Map<String, String> parameters,
      Map<String, String> mutable,
      Map<String, String> snapshots,
      Bytes size) {
    private static final Bytes LEAST = Bytes.mebi(16);

    /// @throws IllegalArgumentException when the size is too small
    public Wanted {
      parameters = Map.copyOf(parameters);
      mutable = Map.copyOf(mutable);
      snapshots = Map.copyOf(snapshots);
      if (size.isBelow(LEAST))
        throw new IllegalArgumentException("size " + size + " is below " + LEAST);
    }

    /// Half as large again, in whole MiB.
    Bytes larger() {
      return size.plus(new Bytes(size.count() / 2)).roundUpTo(Bytes.mebi(1));
    }
  }

  /// Which checks.
  ///
  /// @param skip reasons by id
  /// @param only a pattern with `*`; empty for all
  public record Choice(Map<String, String> skip, String only) {
    public Choice {
      skip = Collections.unmodifiableMap(new TreeMap<>(skip));
    }

    /// Whether a check is chosen.
    public boolean takes(String id) {
      return only.isEmpty() || Pattern.matches("\\Q" + only.replace("*", "\\E.*\\Q") + "\\E", id);
    }
  }

  /// How long and how much.
  ///
  /// @param call the deadline of a call
  /// @param attach how many volumes are attached to find the node's limit; 0 to not try
  /// @param largest checks that would make larger volumes are left out
  public record Limits(Duration call, int attach, Bytes largest) {}

  Secrets secretsOf(String name) {
    return secrets.getOrDefault(name, Secrets.NONE);
  }
}
