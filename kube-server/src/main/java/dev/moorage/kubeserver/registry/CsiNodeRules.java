package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.HashSet;
import java.util.List;

/// The drivers registered on a node: they come and go, but do not change.
final class CsiNodeRules implements Rules {
  private static final int NODE_ID_BYTES = 192;

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
      var name = drivers.get(i).text("name");
      var id = drivers.get(i).text("nodeID");
      problems.requiredUnless(!name.isEmpty(), field + ".name");
      problems.requiredUnless(!id.isEmpty(), field + ".nodeID");
      if (id.length() > NODE_ID_BYTES)
        problems.invalid(field + ".nodeID", id, "must be " + NODE_ID_BYTES + " bytes or less");
      if (!names.add(name)) problems.duplicate(field + ".name", name);
      topologyKeys(field, drivers.get(i).textList("topologyKeys"), problems);
    }
  }

  private static void topologyKeys(String field, List<String> keys, Problems problems) {
    var seen = new HashSet<String>();
    for (String key : keys) if (!seen.add(key)) problems.duplicate(field + ".topologyKeys", key);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    var drivers = drivers(now);
    for (int i = 0; i < drivers.size(); i++) {
      var driver = drivers.get(i);
      for (Tree old : drivers(before))
        if (old.text("name").equals(driver.text("name")))
          problems.immutableUnless(
              old.without("allocatable").equals(driver.without("allocatable")),
              "spec.drivers[" + i + "]");
    }
  }

  private static List<Tree> drivers(Tree node) {
    return node.at("spec", "drivers").items();
  }
}
