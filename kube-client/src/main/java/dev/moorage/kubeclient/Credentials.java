package dev.moorage.kubeclient;

import dev.moorage.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the token comes from that every request bears. Asked before each request, so that renewed
/// ones are taken up.
interface Credentials {
  /// None of our own: a certificate, a password, or what fabric8 renews by itself.
  Credentials NONE = Optional::empty;

  /// The token; empty for requests without one.
  Optional<Secret> token();

  /// The server doesn't know the token: forgets it.
  ///
  /// @return whether another may be had
  default boolean renew() {
    return false;
  }

  /// Always the same.
  static Credentials fixed(Secret token) {
    return () -> Optional.of(token);
  }

  /// What a file says now: the kubelet renews a pod's token hourly.
  static Credentials file(Path file) {
    return () -> Optional.of(read(file));
  }

  private static Secret read(Path file) {
    try {
      return new Secret(Files.readString(file).strip());
    } catch (IOException e) {
      throw new NoAccess("the token file " + file + " cannot be read: " + Reading.reason(e));
    }
  }
}
