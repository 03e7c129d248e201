package dev.moorage.conformance.mutants;

import dev.moorage.base.Secret;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Drivers that break at the limits of names and paths, and those that tell secrets.
final class LimitMutants {
  private static final int NAME_BYTES = 128;
  private static final int LABEL_CHARS = 63;

  private LimitMutants() {}

  static List<Mutant> all() {
    return Stream.of(names(), secrets()).flatMap(List::stream).toList();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<Mutant> names() {
    return List.of(
        new Mutant(
            "limit-long-name-breaks",
            "CreateVolume with a name of 128 bytes answers INTERNAL.",
            "file names with a suffix, beyond the filesystem's or the backend's limit",
            Bent.on(
                CreateVolume.class,
                (call, down) -> {
                  if (bytes(call.name()) >= NAME_BYTES) throw Bent.refusal(Code.INTERNAL, call);
                  return down.call(call);
                })),
        new Mutant(
            "limit-too-long-name-ok",
            "CreateVolume accepts a name of more than 128 bytes.",
            "rule: a string has 128 bytes at most",
            Bent.asking(
                CreateVolume.class,
                call ->
                    bytes(call.name()) > NAME_BYTES
                        ? Alter.name(call, "long-" + Integer.toHexString(call.name().hashCode()))
                        : call)),
        new Mutant(
            "limit-name-cut",
            "CreateVolume looks at the first 63 characters of the name only.",
            "names that become labels",
            Bent.asking(
                CreateVolume.class,
                call ->
                    call.name().length() > LABEL_CHARS
                        ? Alter.name(call, call.name().substring(0, LABEL_CHARS))
                        : call)),
        new Mutant(
            "limit-unicode-breaks",
            "CreateVolume with a name beyond ASCII answers INTERNAL.",
            "names that become paths or labels",
            Bent.on(
                CreateVolume.class,
                (call, down) -> {
                  if (bytes(call.name()) != call.name().length())
                    throw Bent.refusal(Code.INTERNAL, call);
                  return down.call(call);
                })),
        new Mutant(
            "limit-slash-breaks",
            "CreateVolume with a slash or dots in the name answers INTERNAL.",
            "names that become paths",
            Bent.on(
                CreateVolume.class,
                (call, down) -> {
                  if (call.name().contains("/") || call.name().contains(".."))
                    throw Bent.refusal(Code.INTERNAL, call);
                  return down.call(call);
                })),
        new Mutant(
            "limit-control-characters-ok",
            "CreateVolume accepts control characters in a name.",
            "rule: U+0000 to U+0008 and others are forbidden",
            Bent.asking(
                CreateVolume.class,
                call -> Alter.name(call, call.name().replaceAll("[\\x00-\\x08\\x0e-\\x1f]", "_")))),
        new Mutant(
            "limit-snapshot-name-breaks",
            "CreateSnapshot with a name of 128 bytes answers INTERNAL.",
            "file names with a suffix",
            Bent.on(
                CreateSnapshot.class,
                (call, down) -> {
                  if (bytes(call.name()) >= NAME_BYTES) throw Bent.refusal(Code.INTERNAL, call);
                  return down.call(call);
                })),
        new Mutant(
            "limit-stage-path-breaks",
            "NodeStageVolume refuses a path of 128 bytes.",
            "rule: at least 128 bytes, and what the system allows",
            Bent.on(
                NodeStageVolume.class,
                (call, down) -> {
                  if (bytes(call.stagingPath()) >= NAME_BYTES)
                    throw Bent.refusal(Code.INVALID_ARGUMENT, call);
                  return down.call(call);
                })),
        new Mutant(
            "limit-publish-path-breaks",
            "NodePublishVolume refuses a path of 128 bytes.",
            "rule: at least 128 bytes, and what the system allows",
            Bent.on(
                NodePublishVolume.class,
                (call, down) -> {
                  if (bytes(call.targetPath()) >= NAME_BYTES)
                    throw Bent.refusal(Code.INVALID_ARGUMENT, call);
                  return down.call(call);
                })));
  }

  private static List<Mutant> secrets() {
    return List.of(
        new Mutant(
            "secrets-in-message",
            "Refusals show the secrets of the call.",
            "democratic-csi shows the command with its passwords",
            world ->
                new Bent(world)
                    .elsewhere((call, down) ->
                        Codes.refused(
                            call,
                            down,
                            refusal ->
                                new CsiException(
                                    refusal.code(), Codes.text(refusal) + told(secretsOf(call)))))),
        new Mutant(
            "secrets-in-volume-context",
            "CreateVolume puts the secrets into the volume context.",
            "rule: no secrets in contexts",
            Bent.on(
                CreateVolume.class,
                (call, down) -> {
                  var made = down.call(call);
                  return call.secrets().values().isEmpty()
                      ? made
                      : Alter.context(made, "credentials", told(call.secrets()));
                })),
        new Mutant(
            "secrets-in-publish-context",
            "ControllerPublishVolume puts the secrets into the publish context.",
            "rule: no secrets in contexts",
            Bent.on(
                ControllerPublishVolume.class,
                (call, down) -> {
                  var context = down.call(call).publishContext();
                  return new ControllerPublishVolume.Answer(
                      call.secrets().values().isEmpty()
                          ? context
                          : Alter.with(context, "credentials", told(call.secrets())));
                })));
  }

  private static String told(Secrets secrets) {
    return secrets.values().values().stream()
        .map(Secret::reveal)
        .collect(Collectors.joining(",", " (", ")"));
  }

  private static Secrets secretsOf(CsiCall<?> call) {
    return switch (call) {
      case CreateVolume create -> create.secrets();
      case DeleteVolume delete -> delete.secrets();
      case ControllerPublishVolume publish -> publish.secrets();
      case CreateSnapshot create -> create.secrets();
      case NodeStageVolume stage -> stage.secrets();
      case NodePublishVolume publish -> publish.secrets();
      default -> Secrets.NONE;
    };
  }
}
