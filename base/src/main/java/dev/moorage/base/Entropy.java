package dev.moorage.base;

/// The only door to randomness: seeded in the simulation, the machine's in the live body.
public interface Entropy {

  /// A new version 4 UUID in lower-case text form.
  String uid();

  /// A number from 0 (inclusive) to 1 (exclusive), for jitter.
  double fraction();

  /// `length` characters out of the vowel-free set that Kubernetes uses for generated names
  /// (`bcdfghjklmnpqrstvwxz2456789`).
  String suffix(int length);

  /// A random token of `bytes` bytes, in hexadecimal.
  Secret token(int bytes);
}
