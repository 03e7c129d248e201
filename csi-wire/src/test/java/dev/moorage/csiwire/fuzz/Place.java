package dev.moorage.csiwire.fuzz;

import java.util.List;

/// What a caller knows of the driver that it plays against.
///
/// @param folder where staging and target paths are; it holds the folders `stage-0` to `stage-5`
///   and `pod-0` to `pod-5`, a folder `full` with a file in it, and a file `file`
/// @param node the driver's node
/// @param most how many volumes the node takes
/// @param fsTypes filesystems to ask for, with the least size of each in [#sizes]
/// @param sizes sizes that usually can be made, smallest first
public record Place(String folder, String node, int most, List<String> fsTypes, List<Long> sizes) {
  static final int SLOTS = 6;

  public Place {
    fsTypes = List.copyOf(fsTypes);
    sizes = List.copyOf(sizes);
  }

  String staging(int slot) {
    return folder + "/stage-" + slot;
  }

  String target(int slot) {
    return folder + "/pod-" + slot + "/mount";
  }

  /// Folders that the caller makes before it calls.
  public static List<String> folders() {
    var folders = new java.util.ArrayList<String>();
    for (int slot = 0; slot < SLOTS; slot++) {
      folders.add("stage-" + slot);
      folders.add("pod-" + slot);
    }
    return folders;
  }
}
