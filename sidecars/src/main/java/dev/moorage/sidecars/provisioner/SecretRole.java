package dev.moorage.sidecars.provisioner;

import java.util.Optional;

/// What a secret of a StorageClass is for.
enum SecretRole {
  PROVISIONER("provisioner", Optional.of("csiProvisionerSecret"), Optional.empty()),
  CONTROLLER_PUBLISH(
      "controller-publish",
      Optional.of("csiControllerPublishSecret"),
      Optional.of("controllerPublishSecretRef")),
  NODE_STAGE("node-stage", Optional.of("csiNodeStageSecret"), Optional.of("nodeStageSecretRef")),
  NODE_PUBLISH(
      "node-publish", Optional.of("csiNodePublishSecret"), Optional.of("nodePublishSecretRef")),
  CONTROLLER_EXPAND(
      "controller-expand", Optional.empty(), Optional.of("controllerExpandSecretRef")),
  NODE_EXPAND("node-expand", Optional.empty(), Optional.of("nodeExpandSecretRef")),
  CONTROLLER_MODIFY("controller-modify", Optional.empty(), Optional.empty());

  private final String word;
  private final Optional<String> oldPrefix;
  private final Optional<String> volumeField;

  SecretRole(String word, Optional<String> oldPrefix, Optional<String> volumeField) {
    this.word = word;
    this.oldPrefix = oldPrefix;
    this.volumeField = volumeField;
  }

  /// The role's word in parameter keys.
  String word() {
    return word;
  }

  /// The class parameter that names the secret.
  String nameKey() {
    return ClassParameters.PREFIX + word + "-secret-name";
  }

  /// The class parameter that names the secret's namespace.
  String namespaceKey() {
    return ClassParameters.PREFIX + word + "-secret-namespace";
  }

  /// The deprecated keys' beginning, where there were any.
  Optional<String> oldPrefix() {
    return oldPrefix;
  }

  /// The field of a PersistentVolume's CSI source that carries the reference.
  Optional<String> volumeField() {
    return volumeField;
  }
}
