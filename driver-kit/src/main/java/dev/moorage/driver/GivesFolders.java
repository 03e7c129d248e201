package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import dev.moorage.host.Filesystems.Usage;
import java.util.Optional;

/// Shows volumes as folders on this node; publishing them is the kit's work.
public interface GivesFolders extends Backend {

  /// Whether there is such a volume. Asked only by a driver that serves the node side alone; others
  /// look in the kit's ledger.
  boolean exists(VolumeId volume);

  /// The folder that shows a volume here now.
  Optional<String> folder(VolumeId volume);

  /// Shows a volume as a folder.
  ///
  /// @return the folder's path
  String connect(VolumeId volume);

  /// Lets the folder go and verifies it; one that was not shown is fine.
  default void disconnect(VolumeId volume) {}

  /// How full a volume is: its own limit, not that of the filesystem around it.
  Usage usage(VolumeId volume);
}
