package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.conformance.Answer.Given;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;

/// Asking whether a volume can be used so.
final class ValidateChecks {
  private static final String NO_FILESYSTEM = "mcfs"; // there is none of this name

  private ValidateChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.validate",
            "CSI specification, ValidateVolumeCapabilities",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-id",
            "A request without an id is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    validate(b, new VolumeId(""), Map.of(), b.volume("a").capability()),
                    INVALID_ARGUMENT))
        .add(
            "no-capabilities",
            "A request without capabilities is refused with INVALID_ARGUMENT.",
            b -> b.refused(validate(b, b.disk("a").id(), Map.of()), INVALID_ARGUMENT))
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND.",
            b ->
                b.refused(
                    validate(
                        b,
                        new VolumeId(b.name("never-made")),
                        Map.of(),
                        b.volume("a").capability()),
                    NOT_FOUND))
        .both(
            "confirms",
            "What a volume was made for is confirmed, and the question is told again in full.",
            (b, form) -> {
              var disk = b.disk("a", form);
              var answer = b.ok(validate(b, disk.id(), disk.volume().context(), disk.capability()));
              b.must(answer.confirmed(), "confirmed", answer);
              b.same(List.of(disk.capability()), answer.capabilities(), "the capabilities");
              b.same(
                  answer,
                  b.ok(validate(b, disk.id(), disk.volume().context(), disk.capability())),
                  "the second answer");
            })
        .add(
            "deleted",
            "A deleted volume is unknown.",
            b -> {
              var disk = b.disk("a");
              disk.delete();
              b.refused(validate(b, disk.id(), Map.of(), disk.capability()), NOT_FOUND);
            })
        .add(
            "impossible",
            "A use that the driver refuses to make volumes for is not confirmed for a volume.",
            ValidateChecks::impossible)
        .add(
            "impossible-told",
            "A known use that a volume cannot serve is no error: the answer is OK, unconfirmed.",
            b -> {
              var disk = b.disk("a");
              var context = disk.volume().context();
              var answer = b.ok(validate(b, disk.id(), context, refusedUse(b)));
              b.must(!answer.confirmed(), "not confirmed", answer);
            })
        .add(
            "one-of-two-impossible",
            "Several capabilities are confirmed together or not at all.",
            b -> {
              var disk = b.disk("a");
              var refused = refusedUse(b);
              b.must(!confirms(b, disk, disk.capability(), refused), "not confirmed", "confirmed");
            })
        .add(
            "other-context",
            "A foreign volume context is not confirmed.",
            b -> {
              var disk = b.disk("a");
              var foreign = Map.of("mc-foreign", "yes");
              var answer =
                  b.okOr(validate(b, disk.id(), foreign, disk.capability()), INVALID_ARGUMENT);
              if (answer instanceof Given<ValidateVolumeCapabilities.Answer>(var its))
                b.must(
                    !its.confirmed() || !its.volumeContext().equals(foreign),
                    "a foreign context not confirmed",
                    its);
            })
        .list();
  }

  private static ValidateVolumeCapabilities validate(
      Bench b, VolumeId id, Map<String, String> context, VolumeCapability... capabilities) {
    return new ValidateVolumeCapabilities(
        id,
        context,
        List.of(capabilities),
        Map.of(),
        b.secrets("ControllerValidateVolumeCapabilitiesSecret"),
        Map.of());
  }

  /// Whether a volume serves what it was made for.
  static ValidateVolumeCapabilities question(Bench b, Disk disk) {
    return validate(b, disk.id(), disk.volume().context(), disk.capability());
  }

  /// Whether a volume is said to serve so.
  static boolean confirms(Bench b, Disk disk, VolumeCapability... capabilities) {
    var answer =
        b.okOr(validate(b, disk.id(), disk.volume().context(), capabilities), INVALID_ARGUMENT);
    return answer instanceof Given<ValidateVolumeCapabilities.Answer>(var its) && its.confirmed();
  }

  private static void impossible(Bench b) {
    var disk = b.disk("a");
    var refused = refusedUse(b);
    b.must(!confirms(b, disk, refused), refused + " not confirmed", "confirmed");
  }

  /// A use that the driver honestly refuses.
  static VolumeCapability refusedUse(Bench b) {
    for (var form : Form.values())
      for (var mode :
          List.of(AccessMode.MULTI_NODE_MULTI_WRITER, AccessMode.MULTI_NODE_SINGLE_WRITER))
        if (b.refuses(form, mode)) return form.capability(mode, "");
    if (b.refuses(Form.BLOCK, AccessMode.SINGLE_NODE_WRITER))
      return Form.BLOCK.capability(AccessMode.SINGLE_NODE_WRITER, "");
    var strange = VolumeCapability.mount(NO_FILESYSTEM, AccessMode.SINGLE_NODE_WRITER);
    if (b.ask(b.volume("strange").used(strange).call()).is(INVALID_ARGUMENT)) return strange;
    throw new NotAsked("the driver makes volumes for every use that was tried");
  }
}
