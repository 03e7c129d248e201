package dev.moorage.kube;

import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.base.ObjectKey;
import java.util.Optional;
import java.util.function.Supplier;

/// A [Kube] whose writes are noted in the journal. Reads are not.
public final class RecordedKube implements Kube {
  private final Kube kube;
  private final String actor;
  private final Journal journal;

  /// @param actor who writes, for the journal
  public RecordedKube(Kube kube, String actor, Journal journal) {
    this.kube = kube;
    this.actor = actor;
    this.journal = journal;
  }

  @Override
  public <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key) {
    return kube.get(kind, key);
  }

  @Override
  public <T extends View> Listed<T> list(Kind<T> kind, Selection selection) {
    return kube.list(kind, selection);
  }

  @Override
  public <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since) {
    return kube.watch(kind, selection, since);
  }

  @Override
  public <T extends View> T create(Kind<T> kind, Tree tree) {
    var meta = Meta.of(tree);
    var name = meta.name().isEmpty() ? tree.text("metadata", "generateName") + "*" : meta.name();
    return noted(
        "create", kind, new ObjectKey(meta.namespace(), name), "", () -> kube.create(kind, tree));
  }

  @Override
  public <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return noted(
        "change", kind, key, patch.paths(), () -> kube.change(kind, key, versionSeen, patch));
  }

  @Override
  public <T extends View> T changeStatus(
      Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return noted(
        "change status of",
        kind,
        key,
        patch.paths(),
        () -> kube.changeStatus(kind, key, versionSeen, patch));
  }

  @Override
  public void bind(ObjectKey pod, String uid, String node) {
    noted(
        "bind",
        Kinds.POD,
        pod,
        "to " + node,
        () -> {
          kube.bind(pod, uid, node);
          return node;
        });
  }

  @Override
  public void delete(Kind<?> kind, ObjectKey key, Deletion deletion) {
    noted(
        "delete",
        kind,
        key,
        "",
        () -> {
          kube.delete(kind, key, deletion);
          return key;
        });
  }

  private <R> R noted(String verb, Kind<?> kind, ObjectKey key, String why, Supplier<R> write) {
    try {
      R result = write.get();
      journal.note(new Entry(What.DONE, actor, verb + " " + kind.name(), key.toString(), why));
      return result;
    } catch (KubeException refused) {
      journal.note(
          new Entry(
              What.FAILED,
              actor,
              verb + " " + kind.name(),
              key.toString(),
              refused.reason().name()));
      throw refused;
    }
  }
}
