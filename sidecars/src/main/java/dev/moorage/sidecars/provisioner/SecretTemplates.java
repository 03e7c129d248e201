package dev.moorage.sidecars.provisioner;

import dev.moorage.kube.Meta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills the placeholders in a class's secret names: `${pv.name}`, `${pvc.name}`,
/// `${pvc.namespace}`, `${pvc.annotations['KEY']}`.
///
/// Source: external-provisioner, which expands as Go's `os.Expand` does: `$word` counts as well,
/// and a `$` before anything else is swallowed.
final class SecretTemplates {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$(?:\\{([^}]*)\\}|([*#$@!?0-9-])|([A-Za-z_][A-Za-z0-9_]*)|)");
  private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
  private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final int SUBDOMAIN_MOST = 253;

  private final Map<String, String> namespaceTexts = new TreeMap<>();
  private final Map<String, String> nameTexts = new TreeMap<>();

  SecretTemplates(String volumeName, Meta claim) {
    namespaceTexts.put("pv.name", volumeName);
    namespaceTexts.put("pvc.namespace", claim.namespace());
    nameTexts.putAll(namespaceTexts);
    nameTexts.put("pvc.name", claim.name());
    claim
        .annotations()
        .forEach((key, text) -> nameTexts.put("pvc.annotations['" + key + "']", text));
  }

  /// The secret's namespace; what is wrong with it is added to `faults`.
  String namespace(String key, String template, List<String> faults) {
    return filled(key, template, namespaceTexts, DNS_LABEL, faults);
  }

  /// The secret's name; what is wrong with it is added to `faults`.
  String name(String key, String template, List<String> faults) {
    return filled(key, template, nameTexts, DNS_SUBDOMAIN, faults);
  }

  private static String filled(
      String key, String template, Map<String, String> texts, Pattern form, List<String> faults) {
    var unknown = new ArrayList<String>();
    var filled =
        PLACEHOLDER
            .matcher(template)
            .replaceAll(found -> Matcher.quoteReplacement(text(token(found), texts, unknown)));
    if (!unknown.isEmpty()) faults.add("parameter " + key + " has unknown placeholders " + unknown);
    else if (filled.length() > SUBDOMAIN_MOST || !form.matcher(filled).matches())
      faults.add("parameter " + key + " gives \"" + filled + "\", which is no valid name");
    return filled;
  }

  private static String token(MatchResult found) {
    for (int group = 1; group <= 3; group++)
      if (found.group(group) != null) return found.group(group);
    return "";
  }

  private static String text(String token, Map<String, String> texts, List<String> unknown) {
    if (token.isEmpty()) return "";
    var text = texts.get(token);
    if (text == null) unknown.add(token);
    return text == null ? "" : text;
  }
}
