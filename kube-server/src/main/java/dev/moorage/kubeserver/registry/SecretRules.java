package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Secrets. No message here names a value.
final class SecretRules implements Rules {
  private static final int BYTES_AT_MOST = 1024 * 1024;
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

  @Override
  public Kind<?> kind() {
    return Kinds.SECRET;
  }

  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    return folded(object);
  }

  @Override
  public Tree prepareUpdate(Tree now, Tree before, Occasion occasion) {
    return folded(now);
  }

  /// `stringData` is for writing only: it goes into `data`.
  private static Tree folded(Tree secret) {
    Tree result = secret.without("stringData");
    for (var text : secret.textMap("stringData").entrySet()) {
      var bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
      result =
          result.with(Tree.of(Base64.getEncoder().encodeToString(bytes)), "data", text.getKey());
    }
    return result;
  }

  @Override
  public void validate(Tree secret, Problems problems) {
    long size = 0;
    for (var entry : secret.textMap("data").entrySet()) {
      if (!KEY.matcher(entry.getKey()).matches())
        problems.invalid(
            "data[" + entry.getKey() + "]",
            entry.getKey(),
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'");
      size += entry.getValue().length() * 3L / 4;
    }
    if (size > BYTES_AT_MOST) problems.tooLong("data", BYTES_AT_MOST);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    problems.immutableUnless(now.text("type").equals(before.text("type")), "type");
    if (!before.truth(false, "immutable")) return;
    var why = "field is immutable when `immutable` is set";
    problems.forbiddenUnless(now.truth(false, "immutable"), "immutable", why);
    problems.forbiddenUnless(now.at("data").equals(before.at("data")), "data", why);
  }

  @Override
  public Map<String, Function<Tree, String>> selectable() {
    return Map.of("type", secret -> secret.text("type"));
  }
}
