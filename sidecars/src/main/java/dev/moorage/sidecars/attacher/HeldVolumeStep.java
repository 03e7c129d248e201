package dev.moorage.sidecars.attacher;

import dev.moorage.base.Step;
import java.util.List;

/// What the attacher does with its finalizer on one volume.
sealed interface HeldVolumeStep extends Step {

  /// There is nothing to do until something changes.
  record Nothing(String why) implements HeldVolumeStep {}

  /// Takes our finalizer off.
  record LetGo(String why) implements HeldVolumeStep {}

  /// The facts.
  ///
  /// @param held whether it carries our finalizer
  /// @param attachedTo the nodes named by its attachments
  record View(boolean deleting, boolean held, List<String> attachedTo) {
    public View {
      attachedTo = List.copyOf(attachedTo);
    }
  }

  /// Decides.
  static HeldVolumeStep next(View volume) {
    if (!volume.held()) return new Nothing("not held");
    if (!volume.deleting()) return new Nothing("held for its attachments");
    if (!volume.attachedTo().isEmpty())
      return new Nothing("still attached to " + String.join(", ", volume.attachedTo()));
    return new LetGo("no attachment is left");
  }
}
