package dev.moorage.kubeserver.registry;

import dev.moorage.base.Entropy;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Scalars;
import dev.moorage.kubeserver.store.LogEntry;
import java.time.Instant;

/// What a write is decided on, beside the request.
///
/// @param state the newest state, durable or about to be
/// @param entropy for uids and generated names
record Occasion(State state, Instant now, Entropy entropy) {

  /// This moment, as objects carry it.
  Tree time() {
    return Scalars.time(now);
  }

  /// The write of an object as the `nth` one of a decision, 1 for the first.
  LogEntry put(Rules rules, Tree object, int nth) {
    return entry(rules, object, nth, false);
  }

  /// The end of an object.
  LogEntry delete(Rules rules, Tree last, int nth) {
    return entry(rules, last, nth, true);
  }

  private LogEntry entry(Rules rules, Tree object, int nth, boolean deleted) {
    long revision = state.revision() + nth;
    var stamped = object.with(Tree.of(Long.toString(revision)), "metadata", "resourceVersion");
    return new LogEntry(revision, deleted, rules.kind().resource(), Metas.keyOf(object), stamped);
  }
}
