package dev.moorage.linux;

import dev.moorage.base.Check;
import java.util.function.IntConsumer;

/// An open descriptor; closing twice is harmless.
final class Descriptor implements AutoCloseable {
  private final int number;
  private final String path;
  private final IntConsumer closing;
  private boolean open = true; // guarded by this

  /// An open descriptor.
  ///
  /// @param path what it is open on, for failures
  /// @param closing closes a number
  Descriptor(int number, String path, IntConsumer closing) {
    this.number = number;
    this.path = path;
    this.closing = closing;
  }

  synchronized int number() {
    Check.that(open, "a closed descriptor is not used: its number may be another's");
    return number;
  }

  String path() {
    return path;
  }

  /// The descriptor is gone even when the kernel reports an error: it is never closed again.
  @Override
  public synchronized void close() {
    if (!open) return;
    open = false;
    closing.accept(number);
  }
}
