package dev.moorage.kubeserver.registry;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Selection.Label;
import dev.moorage.kube.Selection.Label.Test;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Selectors as clients write them, e.g. `tier in (gold,silver),!old` and
/// `metadata.name=data,status.phase!=Failed`.
public final class SelectorText {
  private SelectorText() {}

  private static final String KEY = "[A-Za-z0-9._/-]+";
  private static final String VALUE = "[A-Za-z0-9._-]*";
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*(" + KEY + ")");
  private static final Pattern COMPARES =
      Pattern.compile("(" + KEY + ")\\s*(==|=|!=|>|<)\\s*(" + VALUE + ")");
  private static final Pattern AMONG =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([A-Za-z0-9._,\\s-]*)\\)");
  private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

  /// Reads both selectors.
  ///
  /// @param labels label selector; empty for all objects
  /// @param fields field selector; empty for all objects
  /// @throws KubeException `BadRequest` when one of them cannot be read
  public static Selection parse(String labels, String fields) {
    return new Selection("", labels(labels), fields(fields));
  }

  private static List<Label> labels(String text) {
    var all = new ArrayList<Label>();
    if (text.isBlank()) return all;
    for (String term : BETWEEN.split(text, -1)) all.add(label(term.strip()));
    return all;
  }

  private static Label label(String term) {
    var exists = EXISTS.matcher(term);
    if (exists.matches())
      return new Label(
          exists.group(2), exists.group(1).isEmpty() ? Test.EXISTS : Test.ABSENT, List.of());
    var compares = COMPARES.matcher(term);
    if (compares.matches())
      return compared(term, compares.group(1), compares.group(2), compares.group(3));
    var among = AMONG.matcher(term);
    if (among.matches())
      return new Label(
          among.group(1),
          among.group(2).equals("in") ? Test.IN : Test.NOT_IN,
          Arrays.stream(among.group(3).split(",", -1)).map(String::strip).toList());
    throw unreadable(term);
  }

  private static Label compared(String term, String key, String sign, String value) {
    boolean ordered = sign.equals(">") || sign.equals("<");
    if (ordered && !value.matches("-?\\d{1,18}")) throw unreadable(term);
    var test =
        switch (sign) {
          case "!=" -> Test.NOT_IN;
          case ">" -> Test.GREATER;
          case "<" -> Test.LESS;
          default -> Test.IN;
        };
    return new Label(key, test, List.of(value));
  }

  private static KubeException unreadable(String term) {
    return Refusals.badRequest("unable to parse requirement: \"" + term + "\"");
  }

  private static List<Selection.Field> fields(String text) {
    var all = new ArrayList<Selection.Field>();
    if (text.isBlank()) return all;
    for (String term : text.split("(?<!\\\\),", -1))
      if (!term.isBlank()) all.add(field(term.strip()));
    return all;
  }

  private static Selection.Field field(String term) {
    int sign = term.indexOf('=');
    if (sign <= 0)
      throw Refusals.badRequest(
          "invalid selector: '" + term + "'; can't understand '" + term + "'");
    boolean unequal = term.charAt(sign - 1) == '!';
    var path = term.substring(0, unequal ? sign - 1 : sign);
    var value = term.substring(term.startsWith("==", sign) ? sign + 2 : sign + 1);
    return new Selection.Field(path, value.replaceAll("\\\\(.)", "$1"), !unequal);
  }
}
