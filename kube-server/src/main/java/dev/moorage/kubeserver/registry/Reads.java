package dev.moorage.kubeserver.registry;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Verb.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gets, lists and watches: on immutable states, so that they wait for nobody.
final class Reads {
  private final Commits commits;
  private final Histories histories;
  private final Group group;
  private final Duration bookmarkEvery;

  Reads(Commits commits, Histories histories, Group group, Duration bookmarkEvery) {
    this.commits = commits;
    this.histories = histories;
    this.group = group;
    this.bookmarkEvery = bookmarkEvery;
  }

  Answer get(Rules rules, Request request, String version) {
    var state = commits.state();
    refuseFuture(version, state);
    var target = request.target();
    return state
        .find(rules.kind(), target.key())
        .map(tree -> new Answer.One(tree, false, List.of()))
        .orElseThrow(() -> Refusals.notFound(rules.kind(), target.name()));
  }

  private static void refuseFuture(String version, State state) {
    if (version.isEmpty()) return;
    long asked = Versions.parse(version);
    if (asked > state.revision()) throw Refusals.fromTheFuture(asked, state.revision());
  }

  Answer list(Rules rules, Request request, Verb.List list) {
    var matcher = Matcher.of(rules, request.target().namespace(), list.selection());
    var page = list.page();
    if (!page.from().isEmpty()) return nextPage(rules, matcher, page);
    var state = commits.state();
    refuseFuture(page.version(), state);
    if (page.exact()) return exactly(rules, matcher, page);
    long limit = page.version().equals("0") ? 0 : page.limit();
    return page(state.revision(), state.all(rules.kind()), null, matcher, limit);
  }

  private Answer exactly(Rules rules, Matcher matcher, Page page) {
    long revision = Versions.parse(page.version());
    var objects =
        histories
            .at(rules.kind(), revision)
            .orElseThrow(() -> Refusals.tooOld(revision, histories.lost(rules.kind())));
    return page(revision, objects, null, matcher, page.limit());
  }

  /// Later pages stay at the version of the first one.
  private Answer nextPage(Rules rules, Matcher matcher, Page page) {
    if (!page.version().isEmpty() && !page.version().equals("0"))
      throw Refusals.badRequest("specifying resource version is not allowed when using continue");
    var from = Continuation.parse(page.from());
    var objects =
        histories.at(rules.kind(), from.revision()).orElseThrow(Refusals::continuationTooOld);
    return page(from.revision(), objects, from.last(), matcher, page.limit());
  }

  private static Answer page(
      long revision,
      OrderedMap<ObjectKey, Tree> objects,
      @Nullable ObjectKey after,
      Matcher matcher,
      long limit) {
    var items = new ArrayList<Tree>();
    var rest = new ArrayList<ObjectKey>();
    objects.visitAfter(
        after,
        (key, object) -> {
          if (!matcher.matches(object)) return true;
          if (limit <= 0 || items.size() < limit) items.add(object);
          else rest.add(key);
          return true;
        });
    if (rest.isEmpty()) return new Answer.Many(items, Long.toString(revision), "", 0);
    var from = new Continuation(revision, Metas.keyOf(items.getLast())).text();
    return new Answer.Many(
        items, Long.toString(revision), from, matcher.selects() ? -1 : rest.size());
  }

  Answer watch(Rules rules, Request request, Verb.Watch watch) {
    var matcher = Matcher.of(rules, request.target().namespace(), watch.selection());
    var every = watch.bookmarks() ? bookmarkEvery : Duration.ZERO;
    var watched = new Feed.Watched(rules.kind(), matcher, every);
    boolean fromStart = watch.since().isEmpty() || watch.since().equals("0");
    var feed =
        fromStart
            ? fromStart(watched)
            : Feed.from(histories, group, watched, Versions.parse(watch.since()));
    histories.open(rules.kind(), feed);
    return new Answer.Watching(feed);
  }

  private Feed fromStart(Feed.Watched watched) {
    var state = commits.state();
    var present =
        state.all(watched.kind()).values().stream().filter(watched.matcher()::matches).toList();
    return new Feed(histories, group, watched, state, present);
  }

  /// The keys of all selected objects, for deleting them one by one.
  List<ObjectKey> keys(Rules rules, Request request, Selection selection) {
    var matcher = Matcher.of(rules, request.target().namespace(), selection);
    return commits.state().all(rules.kind()).values().stream()
        .filter(matcher::matches)
        .map(Metas::keyOf)
        .toList();
  }
}
