package dev.moorage.kube;

import java.util.List;
import java.util.Optional;

/// A CSINode: the drivers registered on a node.
public record CsiNode(Meta meta, List<Driver> drivers) implements View {

  /// One registered driver.
  ///
  /// @param nodeId the node's id in the driver's words
  /// @param limit the most volumes that the node takes, 0 for no limit
  public record Driver(String name, String nodeId, List<String> topologyKeys, long limit) {}

  /// Reads a node's drivers.
  public static CsiNode of(Tree tree) {
    return new CsiNode(
        Meta.of(tree),
        tree.at("spec", "drivers").items().stream()
            .map(driver ->
                new Driver(
                    driver.text("name"),
                    driver.text("nodeID"),
                    driver.textList("topologyKeys"),
                    driver.number(0, "allocatable", "count")))
            .toList());
  }

  /// A registered driver by its name.
  public Optional<Driver> driver(String name) {
    return drivers.stream().filter(driver -> driver.name().equals(name)).findFirst();
  }
}
