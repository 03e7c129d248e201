package dev.moorage.drivers.pool;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a pool's filesystem is.
///
/// @param sparePart which part of its size the filesystem needs for itself beside what it takes
///   when it is made
/// @param leastSpare at least so much
public record Kind(
    String fsType,
    List<String> formatOptions,
    List<String> mountOptions,
    int sparePart,
    Bytes leastSpare) {

  /// For images of volumes: copies share their blocks.
  public static final Kind XFS =
      new Kind("xfs", List.of(), List.of("noatime"), 100, Bytes.mebi(16));

  /// For subvolumes.
  ///
  /// Files and what the filesystem writes for itself share all room, and both stand there once.
  /// Apart (as without `--mixed`), large files leave no room for small ones, so that a volume would
  /// find no space long before it has what it was promised; twice, small files would take more room
  /// than is counted for them.
  ///
  /// Files are overwritten in place: else what is left of a large write counts, and takes room,
  /// until the last part of it is overwritten.
  public static final Kind BTRFS =
      new Kind("btrfs", List.of("--mixed"), List.of("noatime", "nodatacow"), 20, Bytes.mebi(64));

  public Kind {
    formatOptions = List.copyOf(formatOptions);
    mountOptions = List.copyOf(mountOptions);
  }

  /// The kind of a filesystem.
  static Optional<Kind> of(String fsType) {
    return Stream.of(XFS, BTRFS).filter(kind -> kind.fsType().equals(fsType)).findFirst();
  }

  Bytes spare(Bytes total) {
    return part(total).max(leastSpare);
  }

  /// The same for what comes to it later.
  Bytes part(Bytes more) {
    return new Bytes(more.count() / sparePart);
  }
}
