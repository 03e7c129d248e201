package dev.moorage.driver;

import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeCapability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A checked CreateVolume request.
///
/// @param uses what it is for, sorted; at least one
/// @param requisite places of which one must fit; empty for any
record Wish(
    String name,
    CapacityRange capacity,
    List<Use> uses,
    SortedMap<String, String> parameters,
    List<Topology> requisite) {

  Wish {
    uses = List.copyOf(uses);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    requisite = List.copyOf(requisite);
  }

  /// Checks a request in the field's order.
  ///
  /// @throws dev.moorage.csi.CsiException INVALID_ARGUMENT, or OUT_OF_RANGE for a range that
  ///   contradicts itself
  static Wish checked(CreateVolume call, Support support, List<Parameter> allowed) {
    Limits.required("name", call.name());
    if (call.capabilities().isEmpty()) throw Refusals.invalid("volume_capabilities are missing");
    Limits.name("name", call.name());
    Limits.map("parameters", call.parameters());
    var uses = uses(call.capabilities(), support);
    if (!(call.source() instanceof ContentSource.Empty))
      throw Refusals.invalid("a volume_content_source is not supported");
    if (!call.mutableParameters().isEmpty())
      throw Refusals.invalid("mutable_parameters are not supported");
    var range = call.capacity();
    if (!range.limit().isZero() && range.required().isAbove(range.limit()))
      throw Refusals.outOfRange(
          "required_bytes " + range.required() + " exceeds limit_bytes " + range.limit());
    return new Wish(
        call.name(),
        range,
        uses,
        parameters(call.parameters(), allowed),
        call.accessibility().requisite());
  }

  static List<Use> uses(List<VolumeCapability> capabilities, Support support) {
    var uses = new ArrayList<Use>();
    for (var capability : capabilities) {
      checkComplete(capability);
      var refusal = support.refusal(capability);
      if (!refusal.isEmpty()) throw Refusals.invalid(refusal);
      var use = support.use(capability);
      if (!uses.isEmpty() && !uses.getFirst().fsType().equals(use.fsType()))
        throw Refusals.invalid(
            "one volume cannot be both " + uses.getFirst().fsType() + " and " + use.fsType());
      if (!uses.contains(use)) uses.add(use);
    }
    uses.sort(Comparator.comparing(Use::toString));
    return uses;
  }

  /// A capability whose required parts are there and within their limits.
  static void checkComplete(VolumeCapability capability) {
    if (capability.missing()) throw Refusals.invalid("volume_capability is missing");
    switch (capability.access()) {
      case VolumeCapability.Access.Missing() ->
          throw Refusals.invalid("the capability's access_type is missing");
      case VolumeCapability.Access.Mount mount ->
          Limits.text("fs_type", mount.fsType(), Limits.STRING_BYTES);
      case VolumeCapability.Access.Block() -> {}
    }
    if (capability.mode().number() == 0)
      throw Refusals.invalid("the capability's access_mode is missing");
  }

  /// The parameters that are the driver's. What an orchestrator adds about the claim is not part of
  /// the volume.
  static SortedMap<String, String> parameters(Map<String, String> given, List<Parameter> allowed) {
    var taken = new TreeMap<String, String>();
    for (var entry : new TreeMap<>(given).entrySet()) {
      if (entry.getKey().startsWith("csi.storage.k8s.io/")) continue;
      check(entry.getKey(), entry.getValue(), allowed);
      taken.put(entry.getKey(), entry.getValue());
    }
    return taken;
  }

  private static void check(String name, String value, List<Parameter> allowed) {
    var parameter =
        allowed.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                Refusals.invalid("unknown parameter '" + name + "'; allowed: " + names(allowed)));
    if (!parameter.fits().test(value))
      throw Refusals.invalid(
          "parameter '" + name + "' does not take '" + value + "'; it takes " + parameter.rule());
  }

  private static String names(List<Parameter> allowed) {
    return allowed.isEmpty()
        ? "none"
        : String.join(", ", allowed.stream().map(Parameter::name).toList());
  }
}
