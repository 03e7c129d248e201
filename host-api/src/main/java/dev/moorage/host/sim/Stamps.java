package dev.moorage.host.sim;

/// Numbers that are never given twice on one node.
final class Stamps {
  private long last;

  long next() {
    return ++last;
  }
}
