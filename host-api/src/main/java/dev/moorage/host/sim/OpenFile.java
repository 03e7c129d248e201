package dev.moorage.host.sim;

/// A file that a program of the simulation holds open and locked. Each opening is one of its own.
final class OpenFile {
  private final Node.File file;
  private final KernelMount through;
  private final String path;

  OpenFile(Node.File file, KernelMount through, String path) {
    this.file = file;
    this.through = through;
    this.path = path;
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
}
