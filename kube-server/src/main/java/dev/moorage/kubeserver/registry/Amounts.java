package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.List;

/// Amounts in their stored, canonical form.
final class Amounts {
  private Amounts() {}

  static boolean isNegative(Tree amount) {
    return amount.text().startsWith("-");
  }

  static boolean isPositive(Tree amount) {
    return !isNegative(amount) && !amount.isNothing() && !amount.text().equals("0");
  }

  /// Bytes have no parts.
  ///
  /// @return a warning; nothing where the amount is whole
  static List<String> fractional(String field, Tree amount) {
    return amount.text().matches(".*[num]")
        ? List.of(
            field
                + ": fractional byte value \""
                + amount.text()
                + "\" is invalid, must be an integer")
        : List.of();
  }
}
