package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.OUT_OF_RANGE;
import static dev.moorage.csi.CsiException.Code.RESOURCE_EXHAUSTED;

import dev.moorage.base.Bytes;
import dev.moorage.conformance.Answer.Given;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Making a volume.
final class CreateChecks {
  static final int STRING_BYTES = 128;
  static final int MAP_BYTES = 4096;
  static final Bytes NOBODY_HAS_IT = new Bytes(1L << 62);

  private CreateChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.create",
            "CSI specification, CreateVolume",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "works",
            "An ordinary volume can be made; its id has 1 to 128 bytes, its context 4 KiB at most.",
            CreateChecks::works)
        .add(
            "no-name",
            "A request without a name is refused with INVALID_ARGUMENT.",
            b -> b.refused(b.volume("a").named("").call(), INVALID_ARGUMENT))
        .add(
            "no-capabilities",
            "A request without capabilities is refused with INVALID_ARGUMENT.",
            b -> b.refused(b.volume("a").used().call(), INVALID_ARGUMENT))
        .add(
            "no-access-type",
            "A capability that is neither block nor mount is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    b.volume("a")
                        .used(
                            new VolumeCapability(
                                new Access.Missing(), AccessMode.SINGLE_NODE_WRITER))
                        .call(),
                    INVALID_ARGUMENT))
        .add(
            "no-access-mode",
            "A capability without an access mode is refused with INVALID_ARGUMENT.",
            b -> {
              var wish = b.volume("a");
              b.refused(
                  wish.used(new VolumeCapability(wish.capability().access(), AccessMode.UNKNOWN))
                      .call(),
                  INVALID_ARGUMENT);
            })
        .add(
            "one-of-two-bad",
            "A volume must satisfy all capabilities: one bad one among them is refused.",
            b -> {
              var wish = b.volume("a");
              b.refused(
                  wish.used(wish.capability(), VolumeCapability.MISSING).call(), INVALID_ARGUMENT);
            })
        .add(
            "all-capabilities",
            "A volume made for several capabilities has them all.",
            CreateChecks::allCapabilities)
        .by("CSI specification, CreateVolume, capacity_range")
        .add(
            "any-size",
            "Without a range the driver chooses the size.",
            b -> sized(b, CapacityRange.ANY))
        .add(
            "at-least",
            "A volume is not smaller than required.",
            b -> sized(b, CapacityRange.atLeast(b.options().wanted().size())))
        .add(
            "exactly",
            "required = limit is kept exactly.",
            b -> sized(b, new CapacityRange(size(b), size(b))))
        .add(
            "at-most",
            "A volume is not larger than its limit, where only this is given.",
            b -> sizedOrOutOfRange(b, new CapacityRange(Bytes.ZERO, size(b))))
        .add(
            "odd-size",
            "A size that is no multiple of anything is rounded up.",
            b -> sized(b, CapacityRange.atLeast(size(b).plus(new Bytes(1)))))
        .add(
            "odd-limit",
            "A range that rounding would leave is refused with OUT_OF_RANGE, or kept.",
            b -> {
              var odd = size(b).plus(new Bytes(1));
              sizedOrOutOfRange(b, new CapacityRange(odd, odd));
            })
        .add(
            "tiny",
            "A volume of one byte is at least that large, or refused with OUT_OF_RANGE.",
            b -> sizedOrOutOfRange(b, CapacityRange.atLeast(new Bytes(1))))
        .add(
            "tiny-limit",
            "A limit below what can be made is refused with OUT_OF_RANGE, or kept.",
            b -> sizedOrOutOfRange(b, new CapacityRange(new Bytes(1), new Bytes(4096))))
        .add(
            "limit-below-required",
            "A limit below the required size is refused.",
            b ->
                b.refused(
                    b.volume("a").sized(size(b), size(b).minusAtMost(Bytes.mebi(1))).call(),
                    OUT_OF_RANGE,
                    INVALID_ARGUMENT))
        .add(
            "too-large",
            "A volume larger than any storage is refused.",
            b ->
                b.refused(
                    b.volume("a").sized(NOBODY_HAS_IT, Bytes.ZERO).call(),
                    OUT_OF_RANGE,
                    RESOURCE_EXHAUSTED))
        .add(
            "overflow",
            "The largest number there is does not overflow to a small volume.",
            b ->
                b.refused(
                    b.volume("a").sized(new Bytes(Long.MAX_VALUE), Bytes.ZERO).call(),
                    OUT_OF_RANGE,
                    RESOURCE_EXHAUSTED,
                    INVALID_ARGUMENT))
        .add(
            "refused-leaves-nothing",
            "After a refusal the name is free for a request that can be met.",
            b -> {
              var wish = b.volume("a");
              b.refused(
                  wish.sized(NOBODY_HAS_IT, Bytes.ZERO).call(), OUT_OF_RANGE, RESOURCE_EXHAUSTED);
              b.ok(wish.sized(size(b), size(b)).call());
            })
        .add(
            "refused-range-leaves-nothing",
            "After a range is refused that cannot be met, the name is free for another one.",
            b -> {
              var wish = b.volume("a");
              var range = new CapacityRange(new Bytes(1), new Bytes(4096));
              if (b.okOr(wish.sized(range).call(), OUT_OF_RANGE).given())
                throw new NotAsked("the driver makes volumes that small");
              b.ok(wish.sized(size(b), size(b)).call());
            })
        .by("CSI specification, Size Limits")
        .add(
            "parameters-too-long",
            "Parameters of more than 4 KiB are refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    b.volume("a").parameters(withMuch(b.options().wanted().parameters())).call(),
                    INVALID_ARGUMENT))
        .by("Kubernetes, external-provisioner --extra-create-metadata")
        .add(
            "claim-metadata",
            "What the provisioner adds about the claim to the parameters is accepted.",
            b -> b.ok(b.volume("a").parameters(withClaim(b)).call()))
        .by("CSI specification, Secrets Requirements")
        .add(
            "no-secrets-in-context",
            "No secret is in the volume's context.",
            b -> {
              var context = b.disk("a").volume().context();
              b.must(!b.tellsSecret(context.toString()), "no secret in the context", "one");
            },
            new Need.AnySecrets())
        .list();
  }

  private static Bytes size(Bench b) {
    return b.options().wanted().size();
  }

  private static void works(Bench b) {
    var volume = b.disk("a").volume();
    int bytes = bytes(volume.id().text());
    b.must(bytes > 0 && bytes <= STRING_BYTES, "an id of 1 to 128 bytes", volume.id());
    b.must(bytes(volume.context()) <= MAP_BYTES, "a context of 4 KiB at most", volume.context());
    checkSize(b, CapacityRange.atLeast(size(b)), volume);
  }

  private static void allCapabilities(Bench b) {
    var wish = b.volume("a");
    var one = wish.capability();
    var block = Form.BLOCK.capability(AccessMode.SINGLE_NODE_WRITER, "");
    if (!(b.okOr(wish.used(one, block).call(), INVALID_ARGUMENT) instanceof Given<Volume>(var its)))
      throw new NotAsked("the driver makes no volumes for block and mount together");
    for (var capability : List.of(one, block))
      b.must(
          ValidateChecks.confirms(b, b.disk(wish, its), capability), "to be confirmed", capability);
  }

  private static void sized(Bench b, CapacityRange range) {
    checkSize(b, range, b.disk(b.volume("a").sized(range)).volume());
  }

  private static void sizedOrOutOfRange(Bench b, CapacityRange range) {
    var answer = b.okOr(b.volume("a").sized(range).call(), OUT_OF_RANGE);
    if (answer instanceof Given<Volume>(var volume)) checkSize(b, range, volume);
  }

  static void checkSize(Bench b, CapacityRange range, Volume volume) {
    b.must(
        volume.capacity().isZero() || range.holds(volume.capacity()),
        "a capacity within " + range,
        volume.capacity());
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static int bytes(Map<String, String> map) {
    return map.entrySet().stream()
        .mapToInt(its -> bytes(its.getKey()) + bytes(its.getValue()))
        .sum();
  }

  private static Map<String, String> withMuch(Map<String, String> parameters) {
    var much = new TreeMap<>(parameters);
    for (int i = 0; i < 50; i++) much.put("csi.storage.k8s.io/pvc/much-" + i, "x".repeat(100));
    return much;
  }

  private static Map<String, String> withClaim(Bench b) {
    var parameters = new TreeMap<>(b.options().wanted().parameters());
    parameters.put("csi.storage.k8s.io/pvc/name", "claim");
    parameters.put("csi.storage.k8s.io/pvc/namespace", "default");
    parameters.put("csi.storage.k8s.io/pv/name", b.name("a"));
    return parameters;
  }
}
