package dev.moorage.sidecars.provisioner;

import dev.moorage.csi.Topology;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.sidecars.provisioner.CapacityView.Amount;
import java.util.List;
import java.util.Map;

/// The few reads and writes that publishing capacity needs.
interface Capacities {

  /// What to ask the driver for a class.
  ///
  /// @param parameters as a CreateVolume would carry them
  /// @param places where to ask; none where the class's capacity is not published
  record Question(Map<String, String> parameters, List<Topology> places) {
    public Question {
      parameters = Map.copyOf(parameters);
      places = List.copyOf(places);
    }
  }

  /// What is to be asked for a class.
  Question question(String className);

  /// Our objects of a class, by name.
  List<StorageCapacity> published(String className);

  /// Creates an object.
  void create(String className, Amount amount);

  /// Corrects an object.
  void correct(StorageCapacity object, Amount amount);

  /// Deletes an object.
  void remove(StorageCapacity object);
}
