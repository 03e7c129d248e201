package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Topology;
import dev.moorage.kube.StorageCapacity;
import java.util.List;

/// What is published of one class's capacity, and what should be.
///
/// @param wanted one per place; none where nothing is to be published
/// @param published our objects of this class, by name
record CapacityView(List<Amount> wanted, List<StorageCapacity> published) {
  CapacityView {
    wanted = List.copyOf(wanted);
    published = List.copyOf(published);
  }

  /// How much a driver could still make in one place.
  ///
  /// @param maximum the largest single volume; zero where the driver does not say
  record Amount(Topology place, Bytes available, Bytes maximum) {
    boolean isSaidBy(StorageCapacity object) {
      return object.capacity().equals(available) && object.maximum().equals(maximum);
    }
  }
}
