package dev.moorage.stack;

import java.util.Map;
import java.util.TreeMap;

/// Which endpoint's sidecars work for which driver name: two drivers of one name would both make
/// volumes for the same claims.
final class Names {
  private final Map<String, String> taken = new TreeMap<>(); // guarded by this

  /// Takes a name for a role; taking it again for the same endpoint is harmless.
  ///
  /// @return whether the endpoint has it now
  synchronized boolean take(String role, String driver, String endpoint) {
    return taken.computeIfAbsent(key(role, driver), _ -> endpoint).equals(endpoint);
  }

  /// Keeps a name from all endpoints: a driver of our own has it.
  synchronized void reserve(String role, String driver) {
    taken.put(key(role, driver), "our own drivers");
  }

  /// Gives a name back.
  synchronized void leave(String role, String driver, String endpoint) {
    taken.remove(key(role, driver), endpoint);
  }

  private static String key(String role, String driver) {
    return role + " " + driver;
  }
}
