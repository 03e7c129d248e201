package dev.moorage.kubeserver.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A small filesystem of its own, mounted on a folder; needs root.
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// @param type `tmpfs` or `ext4`
  /// @param above an empty folder for it and its image
  static SmallDisk mounted(String type, Path above) throws IOException {
    var folder = Files.createDirectory(above.resolve("disk"));
    var image = above.resolve("image").toString();
    boolean there =
        type.equals("tmpfs")
            ? run("mount", "-t", "tmpfs", "-o", "size=4m", "small", folder.toString())
            : run("truncate", "-s", "12M", image)
                && run("mkfs.ext4", "-q", image)
                && run("mount", "-o", "loop", image, folder.toString());
    assumeTrue(there, "mounting needs root, and mkfs.ext4 a loop device");
    return new SmallDisk(folder);
  }

  private static boolean run(String... command) throws IOException {
    try {
      var process = new ProcessBuilder(List.of(command)).inheritIO().start();
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /// Takes all room that is left.
  void fill() throws IOException {
    byte[] some = new byte[4096];
    try (var file = Files.newOutputStream(folder.resolve("filler"))) {
      boolean room = true;
      while (room) room = takes(file, some);
    }
  }

  private static boolean takes(OutputStream file, byte[] some) {
    try {
      file.write(some);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  void makeRoom() throws IOException {
    Files.delete(folder.resolve("filler"));
  }

  @Override
  public void close() throws IOException {
    run("umount", folder.toString());
  }
}
