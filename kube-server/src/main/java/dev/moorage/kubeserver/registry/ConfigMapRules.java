package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Config maps: texts and bytes by name, which their owner may freeze.
final class ConfigMapRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.CONFIG_MAP;
  }

  @Override
  public void validate(Tree configMap, Problems problems) {
    var texts = configMap.textMap("data");
    var binaries = configMap.textMap("binaryData");
    long size = 0;
    for (var entry : texts.entrySet()) {
      DataKeys.check("data", entry.getKey(), problems);
      if (binaries.containsKey(entry.getKey()))
        problems.invalid(
            "data[" + entry.getKey() + "]",
            entry.getKey(),
            "duplicate of key present in binaryData");
      size += entry.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    for (var entry : binaries.entrySet()) {
      DataKeys.check("binaryData", entry.getKey(), problems);
      size += DataKeys.decodedSize(entry.getValue());
    }
    if (size > DataKeys.BYTES_AT_MOST) problems.tooLong("[]", DataKeys.BYTES_AT_MOST);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    if (!before.truth(false, "immutable")) return;
    var why = "field is immutable when `immutable` is set";
    problems.forbiddenUnless(now.truth(false, "immutable"), "immutable", why);
    for (String field : List.of("data", "binaryData"))
      problems.forbiddenUnless(now.at(field).equals(before.at(field)), field, why);
  }
}
