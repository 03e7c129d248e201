package dev.moorage.conformance.mutants;

import dev.moorage.csi.Certainty;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.Volume;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Drivers that do badly with callers that wait shortly, and those that fail without telling why.
final class DeadlineMutants {
  /// A caller that waits less has gone before the work is done.
  private static final Duration HURRIED = Duration.ofMillis(100);

  private DeadlineMutants() {}

  static List<Mutant> all() {
    return Stream.of(deadlines(), codes()).flatMap(List::stream).toList();
  }

  private static boolean hurried(Down down) {
    return down.atMost().compareTo(HURRIED) < 0;
  }

  private static List<Mutant> deadlines() {
    return List.of(
        new Mutant(
            "deadline-begins-anew",
            "CreateVolume that was not done in time (100 ms) begins anew at the retry and leaves"
                + " the first volume behind.",
            "rule: a retried call continues where it was",
            DeadlineMutants::anew),
        new Mutant(
            "deadline-retry-fails",
            "NodePublishVolume that was not done in time (100 ms) fails at the retry, for the"
                + " target is there.",
            "drivers that do not look at what they left",
            DeadlineMutants::failingRetry),
        new Mutant(
            "deadline-ok-undone",
            "DeleteVolume answers OK after the deadline (100 ms) though it did nothing.",
            "errors of a cancelled context that are swallowed",
            Bent.on(
                DeleteVolume.class,
                (call, down) ->
                    hurried(down) && !call.volume().text().isEmpty()
                        ? Done.DONE
                        : down.call(call))),
        new Mutant(
            "deadline-unpublish-later",
            "NodeUnpublishVolume answers OK at once and unmounts before the next call only.",
            "unmounts in the background",
            DeadlineMutants::later));
  }

  private static Csi anew(World world) {
    var lost = new Memory<String, Integer>();
    return new Bent(world)
        .at(
            CreateVolume.class,
            (call, down) -> {
              int attempt = lost.get(call.name()).orElse(0);
              var named = attempt == 0 ? call : Alter.name(call, attempt + "-" + call.name());
              try {
                return inTime(call, down, down.call(named));
              } catch (CsiException failed) {
                if (Certainty.of(call, failed.code()) == Certainty.MAYBE_RUNNING)
                  lost.put(call.name(), attempt + 1);
                throw failed;
              }
            });
  }

  private static Volume inTime(CreateVolume call, Down down, Volume made) {
    if (hurried(down)) throw Bent.refusal(Code.DEADLINE_EXCEEDED, call);
    return made;
  }

  private static Csi failingRetry(World world) {
    var half = new Memory<String, Boolean>();
    return new Bent(world)
        .at(
            NodePublishVolume.class,
            (call, down) -> {
              if (half.has(call.targetPath())) throw Bent.refusal(Code.INTERNAL, call);
              var done = down.call(call);
              if (!hurried(down)) return done;
              half.put(call.targetPath(), true);
              throw Bent.refusal(Code.DEADLINE_EXCEEDED, call);
            })
        .at(
            NodeUnpublishVolume.class,
            (call, down) -> {
              half.remove(call.targetPath());
              return down.call(call);
            });
  }

  private static Csi later(World world) {
    var pending = new Memory<String, NodeUnpublishVolume>();
    return new Bent(world)
        .at(
            NodeUnpublishVolume.class,
            (call, down) -> {
              doPending(pending, down);
              if (call.volume().text().isEmpty() || call.targetPath().isEmpty())
                return down.call(call);
              pending.put(call.targetPath(), call);
              return Done.DONE;
            })
        .elsewhere((call, down) -> {
          doPending(pending, down);
          return down.call(call);
        });
  }

  private static void doPending(Memory<String, NodeUnpublishVolume> pending, Down down) {
    for (var unpublish : pending.values()) {
      pending.remove(unpublish.targetPath());
      down.call(unpublish);
    }
  }

  private static List<Mutant> codes() {
    return List.of(
        new Mutant(
            "codes-unknown",
            "Every refusal is UNKNOWN.",
            "democratic-csi",
            world ->
                new Bent(world)
                    .elsewhere((call, down) -> Codes.recoded(call, down, _ -> Code.UNKNOWN))),
        new Mutant(
            "codes-internal",
            "Every refusal is INTERNAL.",
            "drivers that pass their backend's error on",
            world ->
                new Bent(world)
                    .elsewhere((call, down) -> Codes.recoded(call, down, _ -> Code.INTERNAL))),
        new Mutant(
            "codes-precondition-aborted",
            "What cannot be done in this state is refused with ABORTED, as if it were under way.",
            "aws-ebs-csi-driver: ABORTED for anything else",
            world ->
                new Bent(world)
                    .elsewhere((call, down) ->
                        Codes.recoded(
                            call,
                            down,
                            code -> code == Code.FAILED_PRECONDITION ? Code.ABORTED : code))),
        new Mutant(
            "codes-no-message",
            "Refusals have no message.",
            "rule: a message is set on every error",
            world ->
                new Bent(world)
                    .elsewhere((call, down) ->
                        Codes.refused(
                            call, down, refusal -> new CsiException(refusal.code(), "")))));
  }
}
