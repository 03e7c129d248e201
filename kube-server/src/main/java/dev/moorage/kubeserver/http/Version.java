package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;

/// Which Kubernetes the server takes after.
final class Version {
  private Version() {}

  static Reply answer() {
    return Reply.json(
        Tree.object(
            "major",
            "1",
            "minor",
            "33",
            "gitVersion",
            "v1.33.0+moorage",
            "gitCommit",
            "",
            "gitTreeState",
            "clean",
            "buildDate",
            "2026-01-01T00:00:00Z",
            "goVersion",
            "none",
            "compiler",
            "javac",
            "platform",
            "linux/amd64"));
  }
}
