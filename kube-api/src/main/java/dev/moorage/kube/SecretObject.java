package dev.moorage.kube;

import dev.moorage.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A Secret of the API, its values wrapped so that they cannot be printed.
///
/// @param data decoded as UTF-8 text
public record SecretObject(Meta meta, Map<String, Secret> data) implements View {

  public SecretObject {
    data = Map.copyOf(data);
  }

  /// Reads a secret; a value that is no base64 counts as empty.
  public static SecretObject of(Tree tree) {
    var data = new TreeMap<String, Secret>();
    tree.textMap("data").forEach((name, text) -> data.put(name, new Secret(decoded(text))));
    return new SecretObject(Meta.of(tree), data);
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noBase64) {
      return "";
    }
  }
}
