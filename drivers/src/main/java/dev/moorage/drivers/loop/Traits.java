package dev.moorage.drivers.loop;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.driver.Parameter;
import dev.moorage.driver.VolumeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What classes say of volumes: the parameters, what they allow, and what follows from them.
final class Traits {
  private static final Parameter LABEL =
      parameter("label", "1 to 12 letters, digits, '.', '_' or '-'", "[A-Za-z0-9._-]{1,12}");
  private static final Parameter PROVISIONING =
      parameter("provisioning", "thick (the default) or thin", "thick|thin");
  private static final Parameter XFS_REFLINK =
      parameter("xfs.reflink", "on (the default) or off", "on|off");
  private static final Parameter EXT4_INODE_RATIO =
      parameter(
          "ext4.inodeRatio",
          "bytes for each inode, 1024 to 67108864; a power of two",
          "1024|2048|4096|8192|16384|32768|65536|131072|262144|524288|1048576|2097152|4194304"
              + "|8388608|16777216|33554432|67108864");
  private static final Parameter BTRFS_METADATA =
      parameter("btrfs.metadata", "dup (the default) or single", "dup|single");

  private static final Parameter DISCARD =
      parameter("discard", "on (the default of thin volumes) or off", "on|off");
  private static final Parameter RESERVE =
      parameter("reserve", "full (always so of thick volumes) or none", "full|none");

  private Traits() {}

  private static Parameter parameter(String name, String rule, String pattern) {
    return new Parameter(name, rule, Pattern.compile(pattern).asMatchPredicate());
  }

  /// Parameters of storage classes.
  static List<Parameter> ofClasses() {
    return List.of(LABEL, PROVISIONING, XFS_REFLINK, EXT4_INODE_RATIO, BTRFS_METADATA);
  }

  /// Parameters of attributes classes.
  static List<Parameter> ofAttributesClasses() {
    return List.of(DISCARD, RESERVE);
  }

  /// Whether all its blocks are its own from the start.
  static boolean thick(VolumeRecord volume) {
    return !thinByClass(volume) || volume.mutable().getOrDefault("reserve", "").equals("full");
  }

  private static boolean thinByClass(VolumeRecord volume) {
    return volume.parameters().getOrDefault("provisioning", "").equals("thin");
  }

  /// Whether its device gives back blocks that its user discards.
  static boolean discards(VolumeRecord volume) {
    return !thick(volume) && !volume.mutable().getOrDefault("discard", "").equals("off");
  }

  /// @throws CsiException INVALID_ARGUMENT when what was asked for contradicts itself
  static void check(VolumeRecord volume) {
    if (thick(volume) && volume.mutable().getOrDefault("discard", "").equals("on"))
      throw new CsiException(
          Code.INVALID_ARGUMENT,
          "volume "
              + volume.name()
              + ": discard=on would take blocks from a volume that has them reserved; it is for"
              + " provisioning=thin without reserve=full");
    if (!thinByClass(volume) && volume.mutable().getOrDefault("reserve", "").equals("none"))
      throw new CsiException(
          Code.INVALID_ARGUMENT,
          "volume " + volume.name() + ": reserve=none is for volumes of provisioning=thin");
  }

  /// Options for the tool that makes a filesystem; a value that is none of those allowed is left
  /// out, as the context comes from outside.
  static List<String> formatOptions(String fsType, Map<String, String> context) {
    var options = new ArrayList<String>();
    value(LABEL, context).ifPresent(label -> options.addAll(List.of("-L", label)));
    switch (fsType) {
      case "xfs" ->
          value(XFS_REFLINK, context)
              .filter("off"::equals)
              .ifPresent(_ -> options.addAll(List.of("-m", "reflink=0")));
      case "ext4" ->
          value(EXT4_INODE_RATIO, context).ifPresent(ratio -> options.addAll(List.of("-i", ratio)));
      case "btrfs" ->
          value(BTRFS_METADATA, context)
              .ifPresent(metadata -> options.addAll(List.of("-m", metadata)));
      default -> {}
    }
    return List.copyOf(options);
  }

  private static Optional<String> value(Parameter parameter, Map<String, String> context) {
    return Optional.ofNullable(context.get(parameter.name())).filter(parameter.fits());
  }
}
