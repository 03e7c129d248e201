package dev.moorage.sidecars.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.OptionalAssert;
import org.junit.jupiter.api.Test;

class ClassParametersTest {
  private static final String P = "csi.storage.k8s.io/";

  @Test
  void the_file_system_may_be_named_once() {
    assertThat(read(Map.of(P + "fstype", "xfs")).fsType()).isEqualTo("xfs");
    assertThat(read(Map.of("FSType", "ext4")).fsType()).isEqualTo("ext4");
    assertThat(read(Map.of()).fsType()).isEmpty();
    refused(Map.of(P + "fstype", "xfs", "fstype", "xfs"), "all name a file system");
  }

  @Test
  void the_driver_sees_no_reserved_key() {
    assertThat(
            read(Map.of(
                    P + "fstype",
                    "xfs",
                    P + "node-stage-secret-name",
                    "s",
                    P + "node-stage-secret-namespace",
                    "n",
                    "fstype2",
                    P + "kept in a value",
                    "label",
                    "data"))
                .forDriver())
        .containsOnlyKeys("fstype2", "label");
    refused(Map.of(P + "unheard-of", "x"), "csi.storage.k8s.io/unheard-of is reserved");
  }

  @Test
  void a_secret_is_named_by_its_own_keys_or_by_those_for_all() {
    assertThat(
            read(Map.of(
                    P + "secret-name",
                    "all",
                    P + "secret-namespace",
                    "ns",
                    P + "node-stage-secret-name",
                    "stage",
                    P + "node-stage-secret-namespace",
                    "ns"))
                .secrets())
        .containsEntry(SecretRole.NODE_STAGE, new ObjectKey("ns", "stage"))
        .containsEntry(SecretRole.PROVISIONER, new ObjectKey("ns", "all"))
        .hasSize(SecretRole.values().length);
    assertThat(
            read(Map.of("csiProvisionerSecretName", "old", "csiProvisionerSecretNamespace", "ns"))
                .secrets())
        .containsOnly(Map.entry(SecretRole.PROVISIONER, new ObjectKey("ns", "old")));
  }

  @Test
  void half_a_secret_is_refused() {
    refused(Map.of(P + "secret-name", "a"), "go together");
    refused(Map.of(P + "provisioner-secret-namespace", "a"), "go together");
    refused(Map.of(P + "secret-name", "", P + "secret-namespace", "ns"), "go together");
    refused(
        Map.of(
            P + "provisioner-secret-name",
            "a",
            P + "provisioner-secret-namespace",
            "b",
            "csiProvisionerSecretName",
            "c"),
        "by new and by old keys");
  }

  @Test
  void placeholders_are_filled() {
    secret("${pvc.name}-${pvc.namespace}-${pvc.annotations['team']}", "${pvc.namespace}")
        .contains(new ObjectKey("default", "data-default-blue"));
    secret("${pv.name}", "ns").contains(new ObjectKey("ns", "pvc-c-1"));
    secret("a$", "ns").contains(new ObjectKey("ns", "a"));
  }

  @Test
  void what_cannot_be_filled_is_named() {
    refused(pair("${pvc.uid}-${nope}", "ns"), "unknown placeholders [pvc.uid, nope]");
    refused(pair("a", "${pvc.name}"), "unknown placeholders [pvc.name]");
    refused(pair("Upper", "ns"), "no valid name");
    refused(pair("a", "n.s"), "no valid name");
  }

  private static OptionalAssert<ObjectKey> secret(String name, String namespace) {
    return assertThat(
        Optional.ofNullable(read(pair(name, namespace)).secrets().get(SecretRole.PROVISIONER)));
  }

  private static Map<String, String> pair(String name, String namespace) {
    return Map.of(
        P + "provisioner-secret-name", name, P + "provisioner-secret-namespace", namespace);
  }

  private static ClassParameters read(Map<String, String> parameters) {
    var faults = new ArrayList<String>();
    var read = ClassParameters.of(parameters, templates(), faults);
    assertThat(faults).isEmpty();
    return read;
  }

  private static void refused(Map<String, String> parameters, String why) {
    List<String> faults = new ArrayList<>();
    ClassParameters.of(parameters, templates(), faults);
    assertThat(faults).anyMatch(fault -> fault.contains(why));
  }

  private static SecretTemplates templates() {
    var claim =
        Tree.object(
            "metadata",
            Tree.object(
                "name",
                "data",
                "namespace",
                "default",
                "annotations",
                Tree.object("team", "blue")));
    return new SecretTemplates("pvc-c-1", Meta.of(claim));
  }
}
