package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Secrets. No message here names a value.
final class SecretRules implements Rules {
  private static final String ACCOUNT = "kubernetes.io/service-account.name";

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
      DataKeys.check("data", entry.getKey(), problems);
      size += DataKeys.decodedSize(entry.getValue());
    }
    if (size > DataKeys.BYTES_AT_MOST) problems.tooLong("data", DataKeys.BYTES_AT_MOST);
    needs(secret, problems);
  }

  /// The keys without which a Secret of its type is of no use.
  private static void needs(Tree secret, Problems problems) {
    var data = secret.textMap("data");
    switch (secret.text("type")) {
      case "kubernetes.io/tls" -> {
        for (String key : List.of("tls.crt", "tls.key"))
          problems.requiredUnless(data.containsKey(key), "data[" + key + "]");
      }
      case "kubernetes.io/basic-auth" -> {
        boolean any = data.containsKey("username") || data.containsKey("password");
        problems.requiredUnless(any, "data[username]");
        problems.requiredUnless(any, "data[password]");
      }
      case "kubernetes.io/dockerconfigjson" ->
          problems.requiredUnless(data.containsKey(".dockerconfigjson"), "data[.dockerconfigjson]");
      case "kubernetes.io/dockercfg" ->
          problems.requiredUnless(data.containsKey(".dockercfg"), "data[.dockercfg]");
      case "kubernetes.io/ssh-auth" ->
          problems.requiredUnless(data.containsKey("ssh-privatekey"), "data[ssh-privatekey]");
      case "kubernetes.io/service-account-token" ->
          problems.requiredUnless(
              !secret.text("metadata", "annotations", ACCOUNT).isEmpty(),
              "metadata.annotations[" + ACCOUNT + "]");
      default -> {}
    }
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    problems.immutable("type", now.at("type"), before.at("type"));
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
