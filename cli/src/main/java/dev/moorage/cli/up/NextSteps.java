package dev.moorage.cli.up;

import java.nio.file.Path;
import java.util.List;

/// What people are told to type next.
final class NextSteps {
  private NextSteps() {}

  static List<String> after(Path kubeconfig) {
    return List.of(
        "  export KUBECONFIG=" + kubeconfig,
        "  kubectl apply -f examples/    (without kubectl: ./moor apply -f examples/)");
  }
}
