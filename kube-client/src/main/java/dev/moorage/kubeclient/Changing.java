package dev.moorage.kubeclient;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import java.util.function.Function;

/// Writes changes: at once where a merge patch says exactly the same, else made of the object as it
/// is now and guarded by its version.
final class Changing {
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final int TRIES = 5;

  private final Wire wire;
  private final Function<Ask, Tree> write;

  Changing(Wire wire, Function<Ask, Tree> write) {
    this.wire = wire;
    this.write = write;
  }

  /// What is changed.
  ///
  /// @param part what is appended for the part that is written, e.g. `/status`
  /// @param resource as messages name it
  record Target(String path, String part, String resource, ObjectKey key) {
    String whole() {
      return path + part;
    }
  }

  Tree change(Target target, String versionSeen, Patch patch) {
    var blind = MergePatch.blind(patch);
    if (wire.settings().changes() == Settings.Changes.PATCH && blind.isPresent())
      return patch(target, guarded(blind.get(), versionSeen));
    for (int left = TRIES; ; left--) {
      try {
        return changeRead(target, versionSeen, patch);
      } catch (KubeException e) {
        boolean unguarded = versionSeen.isEmpty(); // whoever was faster, the change still holds
        if (!e.isConflict() || !unguarded || left == 1) throw e;
      }
    }
  }

  private Tree changeRead(Target target, String versionSeen, Patch patch) {
    var before = wire.ask(Ask.get(target.path()), Wire::object);
    var version = before.text("metadata", "resourceVersion");
    if (!versionSeen.isEmpty() && !versionSeen.equals(version)) throw conflict(target);
    var after = patch.apply(before);
    if (after.equals(before)) return before;
    return wire.settings().changes() == Settings.Changes.PUT
        ? write.apply(Ask.write("PUT", target.whole(), Ask.JSON, TreeJson.write(after)))
        : patch(target, guarded(MergePatch.between(before, after), version));
  }

  private Tree patch(Target target, Tree body) {
    return write.apply(Ask.write("PATCH", target.whole(), MERGE_PATCH, TreeJson.write(body)));
  }

  private static Tree guarded(Tree body, String version) {
    return version.isEmpty() ? body : body.with(Tree.of(version), "metadata", "resourceVersion");
  }

  /// What the server would have said.
  private static KubeException conflict(Target target) {
    return new KubeException(
        Reason.Conflict,
        "Operation cannot be fulfilled on "
            + target.resource()
            + " \""
            + target.key().name()
            + "\": the object has been modified; please apply your changes to the latest version"
            + " and try again");
  }
}
