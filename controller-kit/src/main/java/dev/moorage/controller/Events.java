package dev.moorage.controller;

import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.kube.Event;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// Writes events about objects. Equal events (object, reason, message) are counted, not repeated.
/// Never throws for a failed write.
///
/// An event's name is made of what it says, so that the same remark after a crash finds the first
/// one.
public final class Events {
  private static final String NORMAL = "Normal";
  private static final String WARNING = "Warning";

  private final Kube kube;
  private final Tasks tasks;
  private final String actor;
  private final Journal journal;

  Events(Kube kube, Tasks tasks, String actor, Journal journal) {
    this.kube = kube;
    this.tasks = tasks;
    this.actor = actor;
    this.journal = journal;
  }

  /// A remark.
  public <T extends View> void normal(Kind<T> kind, T about, String reason, String message) {
    record(new Remark(kind, about, NORMAL, reason, message), true);
  }

  /// A warning.
  public <T extends View> void warning(Kind<T> kind, T about, String reason, String message) {
    record(new Remark(kind, about, WARNING, reason, message), true);
  }

  /// A remark that is made once and not counted: for states that are looked at again and again.
  public <T extends View> void normalOnce(Kind<T> kind, T about, String reason, String message) {
    record(new Remark(kind, about, NORMAL, reason, message), false);
  }

  /// A warning that is given once and not counted: for states that are looked at again and again.
  public <T extends View> void warningOnce(Kind<T> kind, T about, String reason, String message) {
    record(new Remark(kind, about, WARNING, reason, message), false);
  }

  private record Remark(Kind<?> kind, View about, String type, String reason, String message) {
    /// `<object>.<16 hexadecimal digits>`, in the object's namespace.
    ObjectKey key() {
      var meta = about.meta();
      var said = String.join("\n", kind.resource(), meta.uid(), type, reason, message);
      var namespace = meta.namespace().isEmpty() ? "default" : meta.namespace();
      return new ObjectKey(namespace, meta.name() + "." + digest(said));
    }
  }

  private void record(Remark remark, boolean count) {
    var key = remark.key();
    try {
      var before = kube.get(Kinds.EVENT, key);
      if (before.isEmpty()) kube.create(Kinds.EVENT, tree(remark));
      else if (count) countUp(before.get());
    } catch (KubeException refused) {
      journal.note(
          new Entry(
              Entry.What.FAILED,
              actor,
              "event " + remark.reason(),
              remark.about().key().toString(),
              String.valueOf(refused.getMessage())));
    }
  }

  private void countUp(Event before) {
    kube.change(
        Kinds.EVENT,
        before.key(),
        before.meta().version(),
        Patch.NONE.set(Tree.of(before.count() + 1), "count").set(now(), "lastTimestamp"));
  }

  private Tree tree(Remark remark) {
    var key = remark.key();
    var about = remark.about().meta();
    var now = now();
    return Tree.object(
        "apiVersion",
        Kinds.EVENT.apiVersion(),
        "kind",
        Kinds.EVENT.name(),
        "metadata",
        Tree.object("name", key.name(), "namespace", key.namespace()),
        "involvedObject",
        Tree.object(
            "apiVersion",
            remark.kind().apiVersion(),
            "kind",
            remark.kind().name(),
            "namespace",
            about.namespace(),
            "name",
            about.name(),
            "uid",
            about.uid(),
            "resourceVersion",
            about.version()),
        "type",
        remark.type(),
        "reason",
        remark.reason(),
        "message",
        remark.message(),
        "source",
        Tree.object("component", actor),
        "firstTimestamp",
        now,
        "lastTimestamp",
        now,
        "count",
        1);
  }

  private String now() {
    return tasks.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var hash = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
