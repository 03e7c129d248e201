package dev.moorage.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A pod, as far as volumes and its processes are concerned.
///
/// @param nodeName the node that it is bound to, empty while there is none
/// @param phase `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`
/// @param graceSeconds `spec.terminationGracePeriodSeconds`
/// @param deletionGraceSeconds `metadata.deletionGracePeriodSeconds`, -1 while the pod is not being
///   deleted
public record Pod(
    Meta meta,
    String nodeName,
    Map<String, String> nodeSelector,
    List<Volume> volumes,
    List<Container> containers,
    String phase,
    String restartPolicy,
    long graceSeconds,
    long deletionGraceSeconds)
    implements View {

  /// One volume of a pod that comes from a claim; other sorts have an empty claim name.
  ///
  /// @param sort the source's field name, e.g. `persistentVolumeClaim`
  /// @param claimName the claim in the pod's namespace
  public record Volume(String name, String sort, String claimName, boolean readOnly) {}

  /// One container.
  ///
  /// @param command `command` followed by `args`
  /// @param env plain name and value pairs
  public record Container(
      String name,
      String image,
      List<String> command,
      Map<String, String> env,
      String workingDir,
      List<VolumeMount> mounts,
      List<String> devices) {}

  /// One mount of a container.
  ///
  /// @param volume the pod volume's name
  /// @param path where the container sees it
  public record VolumeMount(String volume, String path, String subPath, boolean readOnly) {}

  /// Reads a pod.
  public static Pod of(Tree tree) {
    var spec = tree.at("spec");
    return new Pod(
        Meta.of(tree),
        spec.text("nodeName"),
        spec.textMap("nodeSelector"),
        spec.at("volumes").items().stream().map(Pod::volume).toList(),
        spec.at("containers").items().stream().map(Pod::container).toList(),
        tree.text("status", "phase"),
        spec.text("restartPolicy"),
        spec.number(30, "terminationGracePeriodSeconds"),
        tree.number(-1, "metadata", "deletionGracePeriodSeconds"));
  }

  private static Volume volume(Tree tree) {
    var sort =
        tree.fields().keySet().stream().filter(name -> !name.equals("name")).findFirst().orElse("");
    var claim = tree.at("persistentVolumeClaim");
    return new Volume(
        tree.text("name"), sort, claim.text("claimName"), claim.truth(false, "readOnly"));
  }

  private static Container container(Tree tree) {
    var command = new ArrayList<>(tree.textList("command"));
    command.addAll(tree.textList("args"));
    var env = new LinkedHashMap<String, String>();
    for (Tree pair : tree.at("env").items()) env.put(pair.text("name"), pair.text("value"));
    return new Container(
        tree.text("name"),
        tree.text("image"),
        List.copyOf(command),
        env,
        tree.text("workingDir"),
        tree.at("volumeMounts").items().stream()
            .map(mount ->
                new VolumeMount(
                    mount.text("name"),
                    mount.text("mountPath"),
                    mount.text("subPath"),
                    mount.truth(false, "readOnly")))
            .toList(),
        tree.at("volumeDevices").items().stream().map(device -> device.text("name")).toList());
  }

  /// Whether the pod has ended (phase Succeeded or Failed).
  public boolean ended() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /// The claims that the pod uses, by name, in the order of its volumes.
  public List<String> claims() {
    return volumes.stream().map(Volume::claimName).filter(name -> !name.isEmpty()).toList();
  }
}
