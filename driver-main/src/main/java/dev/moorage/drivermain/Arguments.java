package dev.moorage.drivermain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads arguments as Go's `flag` and pflag do, so that manifests written for other drivers fit:
/// one dash or two, `--name=value` or `--name value`, the last one counts, a flag that is set or
/// not takes a value after `=` only.
///
/// @param values of all flags, the defaults of those that were not given
record Arguments(Map<String, String> values) {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  /// @throws WrongUse naming what cannot be read
  static Arguments read(List<Flag> flags, List<String> words) {
    var known = new LinkedHashMap<String, Flag>();
    var values = new LinkedHashMap<String, String>();
    for (var flag : flags) {
      known.put(flag.name(), flag);
      values.put(flag.name(), flag.byDefault());
    }
    var left = new ArrayDeque<>(words);
    while (!left.isEmpty()) readOne(known, left, values);
    return new Arguments(values);
  }

  /// The value of a flag.
  String text(String flag) {
    return values.getOrDefault(flag, "");
  }

  /// Whether a flag is set that is set or not.
  boolean has(String flag) {
    return text(flag).equals("true");
  }

  private static void readOne(
      Map<String, Flag> known, Deque<String> left, Map<String, String> values) {
    var word = left.remove();
    if (word.equals("--") && left.isEmpty()) return;
    if (!word.startsWith("-") || word.matches("--?"))
      throw new WrongUse(
          "this says nothing to a driver: " + (word.equals("--") ? left.peek() : word));
    var text = word.replaceFirst("^--?", "");
    int equals = text.indexOf('=');
    var name = equals < 0 ? text : text.substring(0, equals);
    var flag = known.get(name);
    if (flag == null) throw new WrongUse("there is no flag " + dashed(name));
    if (equals >= 0) values.put(name, checked(flag, text.substring(equals + 1)));
    else if (flag.isTruth()) values.put(name, "true");
    else if (left.isEmpty()) throw new WrongUse(dashed(name) + " wants a value: " + flag.takes());
    else values.put(name, left.remove());
  }

  private static String checked(Flag flag, String value) {
    if (!flag.isTruth()) return value;
    if (TRUE.contains(value)) return "true";
    if (FALSE.contains(value)) return "false";
    throw new WrongUse(dashed(flag.name()) + " is true or false, not " + value);
  }

  static String dashed(String name) {
    return (name.length() == 1 ? "-" : "--") + name;
  }
}
