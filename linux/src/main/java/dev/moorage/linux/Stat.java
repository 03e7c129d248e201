package dev.moorage.linux;

/// What stands at a path.
///
/// @param mode sort and permission bits
/// @param major of the filesystem's device
record Stat(int mode, long inode, long size, long allocated, int major, int minor) {
  boolean isFile() {
    return (mode & 0170000) == 0100000;
  }

  boolean isFolder() {
    return (mode & 0170000) == 0040000;
  }

  boolean isLink() {
    return (mode & 0170000) == 0120000;
  }

  boolean isSocket() {
    return (mode & 0170000) == 0140000;
  }

  boolean isBlockDevice() {
    return (mode & 0170000) == 0060000;
  }

  /// Whether both are the very same file.
  boolean sameFile(Stat other) {
    return inode == other.inode && major == other.major && minor == other.minor;
  }
}
