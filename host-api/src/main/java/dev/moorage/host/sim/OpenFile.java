package dev.moorage.host.sim;

/// A file that a program of the simulation holds open and locked. Each opening is one of its own.
final class OpenFile {
  private final Node.File file;
  private final KernelMount through;
  private final String path;
  private final String owner;

  /// @param owner the program's name; empty outside a run
  OpenFile(Node.File file, KernelMount through, String path, String owner) {
    this.file = file;
    this.through = through;
    this.path = path;
    this.owner = owner;
  }

  Node.File file() {
    return file;
  }

  KernelMount through() {
    return through;
  }

  String path() {
    return path;
  }

  String owner() {
    return owner;
  }
}
