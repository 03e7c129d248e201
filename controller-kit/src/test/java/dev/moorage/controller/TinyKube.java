package dev.moorage.controller;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Just enough of an API to test what the kit does when watches lag, end or expire. The kit's
/// behaviour on the real registry is tested in `sim`.
final class TinyKube implements Kube {
  private record Told(long version, String kind, boolean deleted, Tree tree) {}

  private final Group group;
  private final TreeMap<String, Tree> objects = new TreeMap<>();
  private final List<Told> told = new ArrayList<>();
  private long version;

  /// How long watches hold back what they tell.
  Duration lag = Duration.ZERO;

  /// Watches from below this version are refused as expired.
  long oldest;

  /// The next change is answered by this, without being done.
  Optional<KubeException> lost = Optional.empty();

  int lists;

  TinyKube(Group group) {
    this.group = group;
  }

  @Override
  public <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key) {
    return Optional.ofNullable(objects.get(id(kind, key))).map(kind::read);
  }

  @Override
  public <T extends View> Listed<T> list(Kind<T> kind, Selection selection) {
    lists++;
    var items =
        objects.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(kind.resource() + ":"))
            .map(entry -> kind.read(entry.getValue()))
            .toList();
    return new Listed<>(items, Long.toString(version));
  }

  @Override
  public <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since) {
    return new TinyWatch<>(kind, Long.parseLong(since));
  }

  @Override
  public <T extends View> T create(Kind<T> kind, Tree tree) {
    var id = id(kind, Meta.of(tree).key());
    if (objects.containsKey(id)) throw new KubeException(Reason.AlreadyExists, id);
    return store(kind, id, tree.with(Tree.of("uid-" + (version + 1)), "metadata", "uid"));
  }

  @Override
  public <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    if (lost.isPresent()) {
      var answer = lost.get();
      lost = Optional.empty();
      throw answer;
    }
    var id = id(kind, key);
    var now = Optional.ofNullable(objects.get(id));
    if (now.isEmpty()) throw new KubeException(Reason.NotFound, id);
    if (!versionSeen.isEmpty() && !Meta.of(now.get()).version().equals(versionSeen))
      throw new KubeException(Reason.Conflict, id + " has changed");
    return store(kind, id, patch.apply(now.get()));
  }

  @Override
  public <T extends View> T changeStatus(
      Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return change(kind, key, versionSeen, patch);
  }

  @Override
  public void bind(ObjectKey pod, String uid, String node) {
    throw new KubeException(Reason.MethodNotAllowed, "no bindings here");
  }

  @Override
  public void delete(Kind<?> kind, ObjectKey key, Deletion deletion) {
    var id = id(kind, key);
    var last = Optional.ofNullable(objects.remove(id));
    if (last.isEmpty()) throw new KubeException(Reason.NotFound, id);
    version++;
    told.add(new Told(version, kind.resource(), true, versioned(last.get())));
  }

  private <T extends View> T store(Kind<T> kind, String id, Tree tree) {
    version++;
    var stored = versioned(tree);
    objects.put(id, stored);
    told.add(new Told(version, kind.resource(), false, stored));
    return kind.read(stored);
  }

  private Tree versioned(Tree tree) {
    return tree.with(Tree.of(Long.toString(version)), "metadata", "resourceVersion");
  }

  private static String id(Kind<?> kind, ObjectKey key) {
    return kind.resource() + ":" + key;
  }

  private final class TinyWatch<T extends View> implements Watch<T> {
    private static final Duration POLL = Duration.ofMillis(5);
    private final Kind<T> kind;
    private long since;

    TinyWatch(Kind<T> kind, long since) {
      this.kind = kind;
      this.since = since;
    }

    @Override
    public Optional<Change<T>> next(Duration atMost) {
      for (long waited = 0; waited < atMost.toMillis(); waited += POLL.toMillis()) {
        if (since < oldest) throw new KubeException(Reason.Expired, "too old: " + since);
        for (var one : told)
          if (one.version() > since && one.kind().equals(kind.resource())) {
            group.sleep(lag);
            since = one.version();
            T object = kind.read(one.tree());
            return Optional.of(
                one.deleted() ? new Change.Deleted<>(object) : new Change.Modified<>(object));
          }
        group.sleep(POLL);
      }
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
