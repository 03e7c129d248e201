package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A class's parameters, taken apart: what Kubernetes' own keys say, and what goes to the driver.
///
/// @param fsType file system of the volume; empty where the class names none
/// @param forDriver parameters without the reserved keys
/// @param secrets references with their placeholders filled
record ClassParameters(
    String fsType, SortedMap<String, String> forDriver, Map<SecretRole, ObjectKey> secrets) {

  /// The beginning of every key that the sidecars keep to themselves.
  static final String PREFIX = "csi.storage.k8s.io/";

  private static final String FS_TYPE = PREFIX + "fstype";
  private static final Keys FOR_ALL = new Keys(PREFIX + "secret-name", PREFIX + "secret-namespace");

  /// The keys of a secret's name and namespace.
  private record Keys(String name, String namespace) {}

  /// Takes parameters apart.
  ///
  /// @param faults gets a sentence for everything that is wrong
  static ClassParameters of(
      Map<String, String> parameters, SecretTemplates templates, List<String> faults) {
    return new ClassParameters(
        fsType(parameters, faults),
        forDriver(parameters, faults),
        secrets(parameters, templates, faults));
  }

  private static String fsType(Map<String, String> parameters, List<String> faults) {
    var keys = new ArrayList<String>();
    for (String key : new TreeMap<>(parameters).keySet())
      if (key.equals(FS_TYPE) || key.equalsIgnoreCase("fstype")) keys.add(key);
    if (keys.size() > 1) faults.add("parameters " + keys + " all name a file system; keep one");
    return keys.isEmpty() ? "" : parameters.getOrDefault(keys.getFirst(), "");
  }

  /// The parameters that a driver is shown.
  ///
  /// @param faults gets a sentence for each reserved key that nobody knows
  static SortedMap<String, String> forDriver(Map<String, String> parameters, List<String> faults) {
    var rest = new TreeMap<>(parameters);
    rest.remove(FS_TYPE);
    rest.remove(FOR_ALL.name());
    rest.remove(FOR_ALL.namespace());
    for (SecretRole role : SecretRole.values()) {
      rest.remove(role.nameKey());
      rest.remove(role.namespaceKey());
    }
    for (String key : rest.keySet())
      if (key.startsWith(PREFIX)) faults.add("parameter " + key + " is reserved and unknown");
    return rest;
  }

  private static Map<SecretRole, ObjectKey> secrets(
      Map<String, String> parameters, SecretTemplates templates, List<String> faults) {
    var secrets = new EnumMap<SecretRole, ObjectKey>(SecretRole.class);
    for (SecretRole role : SecretRole.values())
      keys(role, parameters, faults)
          .flatMap(keys -> reference(keys, parameters, templates, faults))
          .ifPresent(reference -> secrets.put(role, reference));
    return secrets;
  }

  /// The pair of keys that counts for a role: its own, its old one, or the one for all roles.
  private static Optional<Keys> keys(
      SecretRole role, Map<String, String> parameters, List<String> faults) {
    var own = new Keys(role.nameKey(), role.namespaceKey());
    var old = role.oldPrefix().map(prefix -> new Keys(prefix + "Name", prefix + "Namespace"));
    boolean ownSet = set(own, parameters);
    boolean oldSet = old.filter(keys -> set(keys, parameters)).isPresent();
    if (ownSet && oldSet)
      faults.add("parameters name the " + role.word() + " secret by new and by old keys");
    if (ownSet) return Optional.of(own);
    if (oldSet) return old;
    return set(FOR_ALL, parameters) ? Optional.of(FOR_ALL) : Optional.empty();
  }

  private static boolean set(Keys keys, Map<String, String> parameters) {
    return parameters.containsKey(keys.name()) || parameters.containsKey(keys.namespace());
  }

  private static Optional<ObjectKey> reference(
      Keys keys, Map<String, String> parameters, SecretTemplates templates, List<String> faults) {
    var name = parameters.getOrDefault(keys.name(), "");
    var namespace = parameters.getOrDefault(keys.namespace(), "");
    if (name.isEmpty() || namespace.isEmpty()) {
      faults.add("parameters " + keys.name() + " and " + keys.namespace() + " go together");
      return Optional.empty();
    }
    int before = faults.size();
    var filledName = templates.name(keys.name(), name, faults);
    var filledNamespace = templates.namespace(keys.namespace(), namespace, faults);
    return faults.size() > before
        ? Optional.empty()
        : Optional.of(new ObjectKey(filledNamespace, filledName));
  }
}
