package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Events.
final class EventRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.EVENT;
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public List<String> misnamed(String name) {
    return Names.segment(name);
  }

  @Override
  public boolean knowsFinalizers() {
    return false;
  }

  @Override
  public void validate(Tree event, Problems problems) {
    var about = event.text("involvedObject", "namespace");
    var namespace = event.text("metadata", "namespace");
    boolean fits =
        about.isEmpty()
            ? List.of("default", "kube-system").contains(namespace)
            : about.equals(namespace);
    if (!fits)
      problems.invalid("involvedObject.namespace", about, "does not match event.namespace");
  }

  @Override
  public Map<String, Function<Tree, String>> selectable() {
    var fields = new LinkedHashMap<String, Function<Tree, String>>();
    for (String name :
        List.of("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"))
      fields.put("involvedObject." + name, event -> event.text("involvedObject", name));
    for (String name : List.of("reason", "reportingComponent", "type"))
      fields.put(name, event -> event.text(name));
    fields.put("source", event -> event.text("source", "component"));
    return fields;
  }
}
