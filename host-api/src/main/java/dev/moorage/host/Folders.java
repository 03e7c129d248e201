package dev.moorage.host;

import java.time.Duration;

/// Folders that tell when something in them changes.
public interface Folders {
  /// Watches a folder's direct entries; the folder must exist.
  Watched watch(String folder);

  /// A watched folder. Read its names with [Files#names].
  interface Watched extends AutoCloseable {
    /// Waits until an entry was made or removed since the last call (or since the watch began).
    ///
    /// @return whether something changed in time
    boolean changed(Duration atMost);

    @Override
    void close();
  }
}
