package dev.moorage.driver;

import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.VolumeId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A checked CreateVolumeGroupSnapshot request.
///
/// @param sources sorted, each one once
record GroupWish(String name, List<VolumeId> sources, SortedMap<String, String> parameters) {

  GroupWish {
    sources = List.copyOf(sources);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /// @throws dev.moorage.csi.CsiException INVALID_ARGUMENT
  static GroupWish checked(CreateVolumeGroupSnapshot call, List<Parameter> allowed) {
    Limits.required("name", call.name());
    if (call.sources().isEmpty()) throw Refusals.invalid("source_volume_ids are missing");
    Limits.name("name", call.name());
    var sources = new TreeSet<>(Comparator.comparing(VolumeId::text));
    for (var source : call.sources()) {
      Limits.required("source_volume_ids", source.text());
      Limits.text("source_volume_ids", source.text(), Limits.STRING_BYTES);
      if (!sources.add(source))
        throw Refusals.invalid("source_volume_ids name volume " + source + " twice");
    }
    Limits.map("parameters", call.parameters());
    return new GroupWish(
        call.name(), List.copyOf(sources), Wish.parameters(call.parameters(), allowed));
  }
}
