package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.HashSet;
import java.util.List;

/// The drivers registered on a node: they come and go, but do not change.
final class CsiNodeRules implements Rules {
  private static final int NODE_ID_BYTES = 256;

  @Override
  public Kind<?> kind() {
    return Kinds.CSI_NODE;
  }

  @Override
  public boolean updatesWithoutVersion() {
    return false;
  }

  @Override
  public void validate(Tree node, Problems problems) {
    var names = new HashSet<String>();
    var drivers = drivers(node);
    for (int i = 0; i < drivers.size(); i++) {
      var field = "spec.drivers[" + i + "]";
      var driver = drivers.get(i);
      Names.checkDriver(field + ".name", driver.text("name"), problems);
      nodeId(field + ".nodeID", driver.text("nodeID"), problems);
      topologyKeys(field, driver.textList("topologyKeys"), problems);
      if (driver.number(0, "allocatable", "count") < 0)
        problems.invalid(
            field + ".allocatable.count",
            driver.at("allocatable", "count"),
            "must be greater than or equal to 0");
      if (!names.add(driver.text("name"))) problems.duplicate(field + ".name", driver.text("name"));
    }
  }

  private static void nodeId(String field, String id, Problems problems) {
    problems.requiredUnless(!id.isEmpty(), field);
    if (id.length() > NODE_ID_BYTES)
      problems.invalid(field, id, "must be " + NODE_ID_BYTES + " bytes or less");
  }

  private static void topologyKeys(String field, List<String> keys, Problems problems) {
    var seen = new HashSet<String>();
    for (String key : keys) {
      problems.requiredUnless(!key.isEmpty(), field);
      if (!seen.add(key)) problems.duplicate(field, key);
      problems.misnamed(field, key, Names.qualified(key));
    }
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    for (Tree driver : drivers(now))
      for (Tree old : drivers(before))
        if (old.text("name").equals(driver.text("name")))
          problems.immutable(
              "spec.drivers", driver.without("allocatable"), old.without("allocatable"));
  }

  private static List<Tree> drivers(Tree node) {
    return node.at("spec", "drivers").items();
  }
}
