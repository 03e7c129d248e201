package dev.moorage.kubeserver.http;

/// A limited number of places.
final class Places {
  private final int most;
  private int taken; // guarded by this

  Places(int most) {
    this.most = most;
  }

  /// Takes a place. Whoever got one leaves it again.
  ///
  /// @return whether there was one
  synchronized boolean enter() {
    if (taken >= most) return false;
    taken++;
    return true;
  }

  synchronized void leave() {
    taken--;
  }
}
