package dev.moorage.kube;

import dev.moorage.base.ObjectKey;
import java.util.List;

/// Which objects of a kind to list or watch.
///
/// @param namespace only this namespace; empty for all
/// @param labels label conditions, all must hold
/// @param fields field conditions (`metadata.name`, `spec.nodeName`, ...), all must hold
public record Selection(String namespace, List<Label> labels, List<Field> fields) {

  /// All objects.
  public static final Selection ALL = new Selection("", List.of(), List.of());

  public Selection {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
  }

  /// All objects of a namespace.
  public static Selection in(String namespace) {
    return new Selection(namespace, List.of(), List.of());
  }

  /// The object of a key.
  public static Selection of(ObjectKey key) {
    return new Selection(
        key.namespace(), List.of(), List.of(new Field("metadata.name", key.name(), true)));
  }

  /// A field condition.
  ///
  /// @param path dotted path
  /// @param equal whether the field must equal the text, or must not
  public record Field(String path, String text, boolean equal) {}

  /// A label condition, as in label selectors.
  ///
  /// @param texts the operands; one for equality, none for existence
  public record Label(String key, Test test, List<String> texts) {
    public Label {
      texts = List.copyOf(texts);
    }

    /// The tests of a label selector.
    public enum Test {
      IN,
      NOT_IN,
      EXISTS,
      ABSENT,
      GREATER,
      LESS
    }
  }
}
