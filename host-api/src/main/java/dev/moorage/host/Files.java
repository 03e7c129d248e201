package dev.moorage.host;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.Optional;

/// Files and folders. Symbolic links in the last part of a path are never followed.
public interface Files {

  /// What stands at a path.
  ///
  /// @return empty where there is nothing
  Optional<Entry> look(String path);

  /// What stands at a path.
  ///
  /// @param size a file's length
  /// @param allocated what it really occupies
  record Entry(Sort sort, Bytes size, Bytes allocated) {}

  /// Sorts of entries.
  enum Sort {
    FILE,
    FOLDER,
    LINK,
    SOCKET,
    BLOCK_DEVICE,
    OTHER
  }

  /// Makes a folder and its missing parents; an existing folder is fine.
  ///
  /// @param mode permission bits for those that are made
  /// @throws HostException EEXIST when something else stands there
  void makeFolder(String path, int mode);

  /// Removes an empty folder; a missing one is fine. Never recursive.
  ///
  /// @throws HostException ENOTEMPTY, EBUSY (something is mounted there)
  void removeFolder(String path);

  /// Removes a file or link; a missing one is fine.
  void removeFile(String path);

  /// Names in a folder, sorted; empty for a missing folder.
  List<String> names(String folder);

  /// Makes a file of this size, or lets an existing one grow to it, with all blocks allocated.
  ///
  /// @throws HostException ENOSPC when there is no room; a file that this call made is gone again
  void allocate(String path, Bytes size);

  /// Makes a file of this size, or lets an existing one grow to it, with no block allocated: what
  /// is new reads as zeros.
  void extend(String path, Bytes size);

  /// Makes a new file that shares its blocks with another one until either is written (`FICLONE`);
  /// nothing is synced. What is written to the old one meanwhile waits.
  ///
  /// @throws HostException EOPNOTSUPP where the filesystem cannot, EEXIST when something stands at
  ///   the new path, ENOSPC; a file that this call made is gone again
  void clone(String from, String to);

  /// Makes a new file with another one's content, on any filesystem; what is a hole stays one.
  /// Takes as long as the data is large; nothing is synced.
  ///
  /// @throws HostException EEXIST when something stands at the new path, ENOSPC; a file that this
  ///   call made is gone again
  void copy(String from, String to);

  /// The parts of a file that have blocks, ascending, after a sync of the file (`FIEMAP`).
  ///
  /// @throws HostException EOPNOTSUPP where the filesystem cannot tell
  List<Extent> extents(String path);

  /// A part of a file that has blocks; all numbers in bytes.
  ///
  /// @param offset in the file
  /// @param physical where on its device: two parts at the same place have the same content
  /// @param written false for blocks that are allocated and read as zeros
  record Extent(long offset, long size, long physical, boolean written) {
    /// Where it ends in the file.
    public long end() {
      return offset + size;
    }
  }

  /// Writes a small file so that after a crash either the old or the new text is there; synced when
  /// this returns. Only its owner may read it.
  void write(String path, String text);

  /// Reads a small file (1 MiB at most).
  ///
  /// @return empty where there is none
  Optional<String> read(String path);

  /// Moves a file within one filesystem, replacing a file at the new path; synced when this
  /// returns.
  void move(String from, String to);

  /// Takes an exclusive lock on a file (made if missing), held until closed or until this process
  /// ends.
  ///
  /// @return empty when another holds it
  Optional<Lock> lock(String path);

  /// A held lock.
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}
