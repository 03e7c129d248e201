package dev.moorage.cli.manifest;

import dev.moorage.kube.Tree;

/// One object as somebody wrote it down. It has an apiVersion and a kind; all else is the server's
/// to judge.
///
/// @param place where it stands, e.g. `claim.yaml, line 3`
public record Manifest(String place, Tree tree) {
  /// E.g. `storage.k8s.io/v1`.
  public String apiVersion() {
    return tree.text("apiVersion");
  }

  /// E.g. `StorageClass`.
  public String kind() {
    return tree.text("kind");
  }

  /// Empty where the server is to make one.
  public String name() {
    return tree.text("metadata", "name");
  }

  /// Empty where none is named.
  public String namespace() {
    return tree.text("metadata", "namespace");
  }
}
