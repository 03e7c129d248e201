package dev.moorage.kubeserver.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The forms of names. Each method answers what is wrong with one, in the words of a real API
/// server; nothing where it fits.
final class Names {
  private Names() {}

  private static final int LABEL_AT_MOST = 63;
  private static final int SUBDOMAIN_AT_MOST = 253;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String NAME_PART = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final Pattern IS_LABEL = Pattern.compile(LABEL);
  private static final Pattern IS_SUBDOMAIN = Pattern.compile(SUBDOMAIN);
  private static final Pattern IS_NAME_PART = Pattern.compile(NAME_PART);
  private static final Pattern IS_LABEL_VALUE = Pattern.compile("(" + NAME_PART + ")?");

  private static final String QUALIFIED_FORM =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '"
          + NAME_PART
          + "')";

  /// 63 characters without dots, e.g. of namespaces.
  static List<String> label(String name) {
    var wrong = new ArrayList<String>();
    if (name.length() > LABEL_AT_MOST) wrong.add("must be no more than 63 characters");
    if (IS_LABEL.matcher(name).matches()) return wrong;
    wrong.add(
        IS_SUBDOMAIN.matcher(name).matches()
            ? "must not contain dots"
            : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                + " '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
                + " or '123-abc', regex used for validation is '"
                + LABEL
                + "')");
    return wrong;
  }

  /// 253 characters, as most objects are named.
  static List<String> subdomain(String name) {
    var wrong = new ArrayList<String>();
    if (name.length() > SUBDOMAIN_AT_MOST) wrong.add("must be no more than 253 characters");
    if (!IS_SUBDOMAIN.matcher(name).matches())
      wrong.add(
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character (e.g."
              + " 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
    return wrong;
  }

  /// Anything that can stand between two slashes of a path, e.g. the name of an event.
  static List<String> segment(String name) {
    if (name.equals(".") || name.equals("..")) return List.of("may not be '" + name + "'");
    var wrong = new ArrayList<String>();
    for (String sign : List.of("/", "%"))
      if (name.contains(sign)) wrong.add("may not contain '" + sign + "'");
    return wrong;
  }

  /// `name` or `domain/name`, e.g. the key of a label.
  static List<String> qualified(String key) {
    return qualified(key, "a qualified name ");
  }

  /// The key of a label.
  static List<String> labelKey(String key) {
    return qualified(key, "a valid label key ");
  }

  private static List<String> qualified(String key, String what) {
    var parts = key.split("/", -1);
    if (parts.length > 2)
      return List.of(
          what
              + QUALIFIED_FORM
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    var wrong = new ArrayList<String>();
    if (parts.length == 2 && parts[0].isEmpty()) wrong.add("prefix part must be non-empty");
    else if (parts.length == 2)
      for (String why : subdomain(parts[0])) wrong.add("prefix part " + why);
    var name = parts[parts.length - 1];
    if (name.isEmpty()) wrong.add("name part must be non-empty");
    else if (name.length() > LABEL_AT_MOST) wrong.add("name part must be no more than 63 bytes");
    if (!IS_NAME_PART.matcher(name).matches()) wrong.add("name part " + QUALIFIED_FORM);
    return wrong;
  }

  /// The value of a label.
  static List<String> labelValue(String value) {
    var wrong = new ArrayList<String>();
    if (value.length() > LABEL_AT_MOST) wrong.add("must be no more than 63 bytes");
    if (!IS_LABEL_VALUE.matcher(value).matches())
      wrong.add(
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
              + " or '.', and must start and end with an alphanumeric character (e.g. 'MyValue', "
              + " or 'my_value',  or '12345', regex used for validation is '("
              + NAME_PART
              + ")?')");
    return wrong;
  }

  /// What a generated name begins with: dashes at its end are fine, a suffix follows.
  static String completed(String base) {
    return base.length() > 1 && base.endsWith("-") ? base.replaceFirst("-$", "a") : base;
  }

  static void checkLabels(String field, Map<String, String> labels, Problems problems) {
    labels.forEach((key, value) -> {
      problems.misnamed(field, key, labelKey(key));
      problems.misnamed(field, value, labelValue(value));
    });
  }

  /// The name of a driver: capitals count as small letters.
  static void checkDriver(String field, String driver, Problems problems) {
    if (driver.isEmpty()) {
      problems.required(field, "");
      return;
    }
    if (driver.length() > LABEL_AT_MOST) problems.tooLong(field, LABEL_AT_MOST);
    problems.misnamed(field, driver, subdomain(driver.toLowerCase(Locale.ROOT)));
  }
}
