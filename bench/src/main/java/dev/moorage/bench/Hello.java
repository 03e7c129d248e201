package dev.moorage.bench;

import java.io.IOException;

/// The smallest program: what a start of the JVM costs, and what it holds before anything runs.
final class Hello {
  private Hello() {}

  /// Says so, and stays until its input ends.
  public static void main(String[] arguments) throws IOException {
    System.out.println("Ready in no time");
    while (System.in.read() >= 0) {}
  }
}
