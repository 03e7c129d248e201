package dev.moorage.driver;

import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A checked CreateSnapshot request.
///
/// @param requisite places of which one must fit; empty for any
record CutWish(
    String name, VolumeId source, SortedMap<String, String> parameters, List<Topology> requisite) {

  CutWish {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    requisite = List.copyOf(requisite);
  }

  /// @throws dev.moorage.csi.CsiException INVALID_ARGUMENT
  static CutWish checked(CreateSnapshot call, List<Parameter> allowed) {
    Limits.required("name", call.name());
    Limits.required("source_volume_id", call.source().text());
    Limits.name("name", call.name());
    Limits.text("source_volume_id", call.source().text(), Limits.STRING_BYTES);
    Limits.map("parameters", call.parameters());
    return new CutWish(
        call.name(),
        call.source(),
        Wish.parameters(call.parameters(), allowed),
        call.accessibility().requisite());
  }
}
