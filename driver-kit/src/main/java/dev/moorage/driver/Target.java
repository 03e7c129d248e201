package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.host.Files.Entry;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.Host;
import java.util.Optional;

/// The folder or file at a pod's path that a volume is shown over. It is ours: made here, removed
/// here, and never anything that holds something.
record Target(Host host, TargetRecord record) {
  private static final int FOLDER_MODE = 0750;

  /// Refuses a path at which nothing of ours can stand.
  void check() {
    checkNothingMounted();
    checkParent();
    var entry = look();
    if (entry.isEmpty()) return;
    if (entry.get().sort() != sort())
      throw Refusals.invalid(
          "target_path " + path() + " is no " + name() + " but " + entry.get().sort());
    if (!isEmpty(entry.get()))
      throw Refusals.precondition("target_path " + path() + " is a " + name() + " with content");
  }

  private void checkNothingMounted() {
    var mount = host.mounts().at(path());
    if (mount.isPresent())
      throw Refusals.exists(
          "volume "
              + record.volume()
              + ": "
              + mount.get().source()
              + " is mounted at "
              + path()
              + " already");
  }

  private void checkParent() {
    var parent = Paths.parent(path());
    var entry = host.files().look(parent);
    if (entry.isEmpty() || entry.get().sort() != Sort.FOLDER)
      throw Refusals.invalid(
          "target_path "
              + path()
              + ": its parent must be a folder that the caller made; found: "
              + entry.map(there -> there.sort().toString()).orElse("nothing"));
  }

  private boolean isEmpty(Entry entry) {
    return record.use().block() ? entry.size().isZero() : host.files().names(path()).isEmpty();
  }

  void make() {
    if (record.use().block()) host.files().allocate(path(), Bytes.ZERO);
    else host.files().makeFolder(path(), FOLDER_MODE);
  }

  /// Removes it; what others put into it, or in its place, stays and is an error.
  void remove() {
    var entry = look();
    if (entry.isEmpty()) return;
    if (!record.use().block()) host.files().removeFolder(path());
    else if (entry.get().sort() == Sort.FILE && entry.get().size().isZero())
      host.files().removeFile(path());
    else
      throw Refusals.precondition(
          "target_path " + path() + " is not the file that the volume was shown over; it stays");
  }

  private Optional<Entry> look() {
    return host.files().look(path());
  }

  private Sort sort() {
    return record.use().block() ? Sort.FILE : Sort.FOLDER;
  }

  private String name() {
    return record.use().block() ? "file" : "folder";
  }

  private String path() {
    return record.path();
  }
}
