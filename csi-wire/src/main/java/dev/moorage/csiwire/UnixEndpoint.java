package dev.moorage.csiwire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A socket's path, and the path by which the JDK is asked for it.
///
/// The JDK takes 106 bytes, one less than the kernel. A longer path is reached through a short link
/// to its folder: the socket itself stands where it was asked to stand, and both sides find the
/// same link.
///
/// @param path where the socket stands
/// @param address the same, short enough
record UnixEndpoint(Path path, Path address) {
  /// The kernel's `sun_path` holds 108 bytes with the closing zero; the JDK leaves one more free.
  static final int MOST_BYTES = 106;

  private static final String SCHEME = "unix://";
  private static final Path LINKS = Path.of("/run/moorage");

  static UnixEndpoint of(String endpoint) {
    if (!endpoint.startsWith(SCHEME + "/"))
      throw new IllegalArgumentException(
          "an endpoint has the form unix:///path.sock, this has not: " + endpoint);
    return ofPath(endpoint.substring(SCHEME.length()));
  }

  static UnixEndpoint ofPath(String path) {
    if (!path.startsWith("/"))
      throw new IllegalArgumentException("a socket path is absolute, this is not: " + path);
    var asked = Path.of(path);
    if (bytes(asked) <= MOST_BYTES) return new UnixEndpoint(asked, asked);
    var folder = asked.getParent();
    var name = asked.getFileName();
    if (folder == null || name == null)
      throw new IllegalArgumentException("no socket path: " + path);
    var linked = LINKS.resolve(digest(folder)).resolve(name);
    if (bytes(linked) > MOST_BYTES)
      throw new IllegalArgumentException(
          "the socket's name is too long: sockets take paths of "
              + MOST_BYTES
              + " bytes at most, and even through a short link this one has "
              + bytes(linked)
              + "; choose a shorter name: "
              + path);
    return new UnixEndpoint(asked, linked);
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static String digest(Path folder) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private boolean isLinked() {
    return !path.equals(address);
  }

  /// The short link to the socket's folder.
  private Path link() {
    return parent(address);
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? path : parent;
  }

  /// The address to bind or connect to, its link made if it needs one.
  UnixDomainSocketAddress reachable() throws IOException {
    if (isLinked()) makeLink();
    return UnixDomainSocketAddress.of(address);
  }

  private void makeLink() throws IOException {
    while (true) {
      try {
        Files.createDirectories(LINKS);
        Files.createSymbolicLink(link(), parent(path));
        return;
      } catch (FileAlreadyExistsException there) {
        return; // The name is the folder's digest: whoever made it meant the same folder.
      } catch (NoSuchFileException again) {
        // Another removed the last link, and with it the links' folder, between the two calls.
      }
    }
  }

  /// Removes the link and, when it was the last, the links' folder. Others on the same folder make
  /// it anew.
  void forgetLink() throws IOException {
    if (!isLinked()) return;
    Files.deleteIfExists(link());
    removeLinksIfEmpty();
  }

  private static void removeLinksIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(LINKS);
    } catch (DirectoryNotEmptyException othersUseIt) {
      return;
    }
  }

  /// Removes all links to a folder and those below it. A link that cannot be read or removed leads
  /// nowhere soon, and is left.
  static void forgetLinksInto(Path folder) {
    try (var links = Files.newDirectoryStream(LINKS)) {
      for (var link : links)
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).startsWith(folder))
          Files.deleteIfExists(link);
      removeLinksIfEmpty();
    } catch (IOException | DirectoryIteratorException gone) {
      return;
    }
  }

  SocketChannel connect() throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(reachable());
      return channel;
    } catch (IOException refused) {
      channel.close();
      throw refused;
    }
  }

  /// Whether somebody listens there now.
  boolean answers() {
    try (var _ = connect()) {
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
