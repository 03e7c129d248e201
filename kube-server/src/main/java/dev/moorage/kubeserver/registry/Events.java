package dev.moorage.kubeserver.registry;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Events do not last: some time after their last change they go, and earlier where a namespace has
/// too many.
final class Events {
  private static final Duration FOREVER = Duration.ofDays(36_500);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final int AT_ONCE = 1000; // ends in one write; the rest goes with the next look
  private static final String BEFORE_ALL = "!"; // sorts before all names

  private final Registry registry;
  private final Group group;
  private final Settings settings;
  private final Rules rules = RuleBook.of(Kinds.EVENT);
  private volatile Gate come;

  Events(Registry registry, Group group, Settings settings) {
    this.registry = registry;
    this.group = group;
    this.settings = settings;
    this.come = group.newGate();
  }

  void start() {
    group.start("expire events", this::expire);
  }

  /// A new event, and the end of the oldest tenth of its namespace where that has too many.
  Draft withRoom(Draft created, Occasion occasion) {
    int atMost = settings.eventsAtMost();
    if (created.entries().isEmpty()) return created;
    come.open();
    if (occasion.state().all(Kinds.EVENT).size() < atMost) return created;
    var all = in(created.entries().getFirst().key().namespace(), occasion.state());
    if (all.size() < atMost) return created;
    var oldest = oldest(all, all.size() - atMost + 1 + atMost / 10, occasion.now());
    var entries = new ArrayList<>(created.entries());
    entries.addAll(ends(oldest, entries.size(), occasion));
    return new Draft(entries, created.answer());
  }

  /// An event and its time, which is read once: sorting asks for it many times.
  private record Dated(Instant time, Tree event) {}

  private static List<Tree> oldest(List<Tree> events, int count, Instant now) {
    return events.stream()
        .map(event -> new Dated(lastChange(event, now), event))
        .sorted(Comparator.comparing(Dated::time))
        .limit(count)
        .map(Dated::event)
        .toList();
  }

  private static List<Tree> in(String namespace, State state) {
    var events = new ArrayList<Tree>();
    state
        .all(Kinds.EVENT)
        .visitAfter(
            new ObjectKey(namespace, BEFORE_ALL),
            (key, event) -> key.namespace().equals(namespace) && events.add(event));
    return events;
  }

  private List<LogEntry> ends(List<Tree> events, int before, Occasion occasion) {
    var entries = new ArrayList<LogEntry>();
    for (Tree event : events)
      entries.add(occasion.delete(rules, event, before + entries.size() + 1));
    return entries;
  }

  private boolean expire() {
    while (true) {
      if (registry.isWithout(Kinds.EVENT)) awaitOne();
      group.sleep(LOOK);
      try {
        registry.write(this::withoutExpired);
      } catch (KubeException notStored) {
        // The disk is full: they go when there is room again.
      }
    }
  }

  private void awaitOne() {
    var gate = group.newGate();
    come = gate;
    if (registry.isWithout(Kinds.EVENT)) gate.await(FOREVER);
  }

  private Draft withoutExpired(Occasion occasion) {
    var end = occasion.now().minus(settings.eventsLast());
    var expired =
        occasion.state().all(Kinds.EVENT).values().stream()
            .filter(event -> !lastChange(event, occasion.now()).isAfter(end))
            .limit(AT_ONCE)
            .toList();
    return new Draft(ends(expired, 0, occasion), new Answer.Done());
  }

  /// Writers tell times of their own, of which those in the future say nothing.
  private static Instant lastChange(Tree event, Instant now) {
    return Stream.of(
            event.text("lastTimestamp"),
            event.text("series", "lastObservedTime"),
            event.text("eventTime"))
        .filter(text -> !text.isEmpty())
        .map(Instant::parse)
        .filter(time -> !time.isAfter(now))
        .max(Comparator.naturalOrder())
        .filter(time -> time.isAfter(created(event)))
        .orElseGet(() -> created(event));
  }

  private static Instant created(Tree event) {
    return Instant.parse(event.text("metadata", "creationTimestamp"));
  }
}
