package dev.moorage.kube;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A StorageClass.
///
/// @param waitsForConsumer whether binding waits for a pod (`WaitForFirstConsumer`)
/// @param isDefault whether it is annotated as the default class
/// @param allowedTopologies alternatives, each a map of topology key to allowed values; empty for
///   all
public record StorageClass(
    Meta meta,
    String provisioner,
    Map<String, String> parameters,
    String reclaimPolicy,
    boolean waitsForConsumer,
    boolean allowsExpansion,
    List<String> mountOptions,
    boolean isDefault,
    List<Map<String, List<String>>> allowedTopologies)
    implements View {

  /// Reads a class.
  public static StorageClass of(Tree tree) {
    var meta = Meta.of(tree);
    return new StorageClass(
        meta,
        tree.text("provisioner"),
        tree.textMap("parameters"),
        tree.text("reclaimPolicy"),
        tree.text("volumeBindingMode").equals("WaitForFirstConsumer"),
        tree.truth(false, "allowVolumeExpansion"),
        tree.textList("mountOptions"),
        meta.annotation("storageclass.kubernetes.io/is-default-class").equals("true")
            || meta.annotation("storageclass.beta.kubernetes.io/is-default-class").equals("true"),
        tree.at("allowedTopologies").items().stream().map(StorageClass::topology).toList());
  }

  private static Map<String, List<String>> topology(Tree term) {
    var labels = new LinkedHashMap<String, List<String>>();
    for (Tree expression : term.at("matchLabelExpressions").items())
      labels.put(expression.text("key"), expression.textList("values"));
    return labels;
  }
}
