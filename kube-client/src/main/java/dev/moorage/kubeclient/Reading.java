package dev.moorage.kubeclient;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Files that an access names.
final class Reading {
  private Reading() {}

  /// @param what the file is, for the message
  static String text(Path file, String what) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new NoAccess("cannot read " + what + " " + file + ": " + reason(e));
    }
  }

  /// In words, without what stands in the file.
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "it does not exist";
      case AccessDeniedException _ -> "permission denied";
      default -> e.getClass().getSimpleName();
    };
  }
}
