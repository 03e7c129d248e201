package dev.moorage.conformance.mutants;

import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerPublishVolume.Answer;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Done;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Drivers that attach wrongly, and those that confirm wrongly what a volume can do.
final class PublishMutants {
  private PublishMutants() {}

  static List<Mutant> all() {
    return Stream.of(publishing(), unpublishing(), validating()).flatMap(List::stream).toList();
  }

  private static List<Mutant> publishing() {
    return List.of(
        new Mutant(
            "attach-second-node-ok",
            "ControllerPublishVolume accepts a second node for a single-node volume.",
            "drivers whose backend exports to everybody",
            Bent.forgiving(
                ControllerPublishVolume.class,
                Code.FAILED_PRECONDITION,
                (_, _) -> new Answer(Map.of()))),
        new Mutant(
            "attach-other-read-only-ok",
            "ControllerPublishVolume accepts the same node with another read-only flag.",
            "csi-driver-host-path, aws-ebs-csi-driver",
            Bent.forgiving(
                ControllerPublishVolume.class,
                Code.ALREADY_EXISTS,
                (_, _) -> new Answer(Map.of()))),
        new Mutant(
            "attach-context-differs",
            "ControllerPublishVolume answers another context at each call.",
            "device names that are chosen anew",
            PublishMutants::changingContext),
        new Mutant(
            "attach-twice-fails",
            "A second equal ControllerPublishVolume answers ALREADY_EXISTS.",
            "rule: idempotent",
            PublishMutants::attachTwice),
        new Mutant(
            "attach-unknown-node-ok",
            "ControllerPublishVolume accepts a node that does not exist.",
            "drivers that never ask who their nodes are",
            PublishMutants::anyNode),
        new Mutant(
            "attach-unknown-code",
            "ControllerPublishVolume of an unknown volume answers INTERNAL.",
            "drivers that pass their backend's error on",
            Bent.recoding(ControllerPublishVolume.class, Code.NOT_FOUND, Code.INTERNAL)),
        new Mutant(
            "attach-no-capability-ok",
            "ControllerPublishVolume does not look at the capability.",
            "csi-driver-host-path",
            Bent.forgiving(
                ControllerPublishVolume.class,
                Code.INVALID_ARGUMENT,
                (call, down) ->
                    call.capability().missing() && !call.volume().text().isEmpty()
                        ? new Answer(Map.of())
                        : down.call(call))));
  }

  private static Csi changingContext(World world) {
    var calls = new Counter();
    return new Bent(world)
        .at(
            ControllerPublishVolume.class,
            (call, down) ->
                new Answer(
                    Alter.with(
                        down.call(call).publishContext(), "device", "/dev/sd" + calls.next())));
  }

  private static Csi attachTwice(World world) {
    var uses = new Uses();
    var attached = new Memory<String, Boolean>();
    return uses.watching(new Bent(world))
        .at(
            ControllerPublishVolume.class,
            (call, down) -> {
              var answer = down.call(call);
              var key = call.volume() + "@" + call.node();
              if (attached.has(key)) throw Bent.refusal(Code.ALREADY_EXISTS, call);
              attached.put(key, true);
              return answer;
            })
        .at(
            ControllerUnpublishVolume.class,
            (call, down) -> {
              attached.remove(call.volume() + "@" + call.node());
              return down.call(call);
            });
  }

  private static Csi anyNode(World world) {
    var known = new Memory<VolumeId, Boolean>();
    return new Bent(world)
        .at(
            CreateVolume.class,
            (call, down) -> {
              var made = down.call(call);
              known.put(made.id(), true);
              return made;
            })
        .at(
            ControllerPublishVolume.class,
            (call, down) ->
                Bent.forgiven(
                    call,
                    down,
                    Code.NOT_FOUND,
                    (_, _) -> {
                      if (known.has(call.volume())) return new Answer(Map.of());
                      throw Bent.refusal(Code.NOT_FOUND, call);
                    }));
  }

  private static List<Mutant> unpublishing() {
    return List.of(
        new Mutant(
            "detach-twice-fails",
            "A second ControllerUnpublishVolume answers NOT_FOUND.",
            "rule: not attached is detached",
            PublishMutants::detachTwice),
        new Mutant(
            "detach-does-nothing",
            "ControllerUnpublishVolume answers OK and leaves the volume attached.",
            "drivers that swallow their backend's error",
            Bent.on(
                ControllerUnpublishVolume.class,
                (call, down) -> call.volume().text().isEmpty() ? down.call(call) : Done.DONE)),
        new Mutant(
            "detach-wants-node",
            "ControllerUnpublishVolume without a node, which means all nodes, is refused.",
            "rule: an empty node id means all",
            Bent.on(
                ControllerUnpublishVolume.class,
                (call, down) -> {
                  if (call.node().text().isEmpty()) throw Bent.refusal(Code.INVALID_ARGUMENT, call);
                  return down.call(call);
                })));
  }

  private static Csi detachTwice(World world) {
    var gone = new Memory<String, Boolean>();
    return new Bent(world)
        .at(
            ControllerPublishVolume.class,
            (call, down) -> {
              gone.remove(call.volume() + "@" + call.node());
              return down.call(call);
            })
        .at(
            ControllerUnpublishVolume.class,
            (call, down) -> {
              var key = call.volume() + "@" + call.node();
              if (gone.has(key)) throw Bent.refusal(Code.NOT_FOUND, call);
              var done = down.call(call);
              gone.put(key, true);
              return done;
            });
  }

  private static List<Mutant> validating() {
    return List.of(
        new Mutant(
            "validate-confirms-all",
            "ValidateVolumeCapabilities confirms whatever it is asked.",
            "csi-driver-host-path",
            Bent.on(
                ValidateVolumeCapabilities.class,
                (call, down) -> down.call(call).confirmed() ? down.call(call) : echo(call))),
        new Mutant(
            "validate-unknown-ok",
            "ValidateVolumeCapabilities confirms for a volume that does not exist.",
            "csi-driver-nfs",
            Bent.forgiving(
                ValidateVolumeCapabilities.class, Code.NOT_FOUND, (call, _) -> echo(call))),
        new Mutant(
            "validate-no-echo",
            "ValidateVolumeCapabilities confirms without telling what.",
            "drivers of before CSI 1.0",
            Bent.answering(
                ValidateVolumeCapabilities.class,
                answer ->
                    new ValidateVolumeCapabilities.Answer(
                        answer.confirmed(), Map.of(), List.of(), Map.of(), Map.of(), ""))),
        new Mutant(
            "validate-refuses",
            "ValidateVolumeCapabilities fails where it should answer that it does not confirm.",
            "rule: OK without a confirmation",
            Bent.on(
                ValidateVolumeCapabilities.class,
                (call, down) -> {
                  var answer = down.call(call);
                  if (!answer.confirmed()) throw Bent.refusal(Code.INVALID_ARGUMENT, call);
                  return answer;
                })));
  }

  private static ValidateVolumeCapabilities.Answer echo(ValidateVolumeCapabilities call) {
    return new ValidateVolumeCapabilities.Answer(
        true,
        call.volumeContext(),
        call.capabilities(),
        call.parameters(),
        call.mutableParameters(),
        "");
  }
}
