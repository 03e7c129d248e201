package dev.moorage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.ServedHouse.Said;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `moor get`, `describe`, `apply`, `delete` and `watch` against a real server over HTTPS, beside
/// kubectl where one is installed.
class ApiCommandsIT {
  private static final String EXAMPLES = Path.of("..", "examples").toString();
  private static final ObjectKey CLAIM = new ObjectKey("default", "data");
  private static final ObjectKey POD = new ObjectKey("default", "data-pod");

  @TempDir private Path folder = Path.of("");
  private ServedHouse house;
  private Group group = new LiveTasks().group("commands");

  @BeforeEach
  void serve() {
    house = new ServedHouse(folder);
  }

  @AfterEach
  void end() {
    group.close();
    house.close();
  }

  private Said moor(String line) {
    return house.moor(line.replace("EXAMPLES", EXAMPLES).split(" ", -1));
  }

  private List<String> ok(String line) {
    var said = moor(line);
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    return said.lines();
  }

  private void refused(String line, String sentence) {
    var said = moor(line);
    assertThat(said.err().strip()).isEqualTo(sentence);
    assertThat(said.code()).isEqualTo(1);
  }

  private Path manifest(String text) {
    return house.write("m.yaml", text);
  }

  // Apply

  @Test
  void the_examples_are_created_then_left_alone() {
    assertThat(ok("apply -f EXAMPLES"))
        .containsExactly(
            "storageclass.storage.k8s.io/fast created",
            "persistentvolumeclaim/data created",
            "pod/data-pod created");
    assertThat(ok("apply -f EXAMPLES")).hasSize(3).allMatch(line -> line.endsWith(" unchanged"));
  }

  @Test
  void a_changed_manifest_changes_what_it_names_and_nothing_else() {
    ok("apply -f " + manifest(map("{a: one, b: two}", "{app: x}")));
    house
        .kube()
        .change(
            Kinds.CONFIG_MAP,
            new ObjectKey("default", "m"),
            "",
            Patch.NONE.set("theirs", "data", "c").set("theirs", "metadata", "labels", "own"));
    assertThat(ok("apply -f " + manifest(map("{a: 'new'}", "{}"))))
        .containsExactly("configmap/m configured");
    var now = house.kube().get(Kinds.CONFIG_MAP, new ObjectKey("default", "m")).orElseThrow();
    assertThat(now.tree().textMap("data")).isEqualTo(Map.of("a", "new", "c", "theirs"));
    assertThat(now.meta().labels()).isEqualTo(Map.of("own", "theirs"));
  }

  private static String map(String data, String labels) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, labels: %s}\ndata: %s\n"
        .formatted(labels, data);
  }

  @Test
  void a_dry_run_stores_nothing() {
    assertThat(ok("apply --dry-run -f " + manifest(map("{a: b}", "{}"))))
        .containsExactly("configmap/m created (server dry run)");
    refused("get cm m", "Error from server (NotFound): configmaps \"m\" not found");
    ok("apply -f " + manifest(map("{a: b}", "{}")));
    assertThat(ok("apply --dry-run=server -f " + manifest(map("{a: c}", "{}"))))
        .containsExactly("configmap/m configured (server dry run)");
  }

  @Test
  void a_broken_file_is_refused_before_anything_is_done() {
    house.write("a.yaml", map("{a: b}", "{}"));
    var broken = house.write("b.yaml", "apiVersion: v1\nkind: Pod\nkind: Pod\n");
    refused(
        "apply -f " + folder.resolve("a.yaml") + " -f " + broken,
        "moor: " + broken + ", line 3, column 1: the key \"kind\" is there twice");
    assertThat(house.kube().get(Kinds.CONFIG_MAP, new ObjectKey("default", "m"))).isEmpty();
  }

  @Test
  void what_the_server_refuses_is_told_with_its_place_and_the_rest_is_done() {
    var file = manifest(map("{a: b}", "{}") + "unknown: field\n---\n" + map("{a: b}", "{}"));
    var said = moor("apply -f " + file);
    assertThat(said.err())
        .startsWith(file + ", line 1: Error from server (BadRequest): ")
        .contains("unknown field \"unknown\"");
    assertThat(said.lines()).containsExactly("configmap/m created");
    assertThat(said.code()).isEqualTo(1);
    var warned = moor("apply --validate=warn -f " + file);
    assertThat(warned.err()).isEqualTo("Warning: unknown field \"unknown\"\n");
    assertThat(warned.code()).isZero();
  }

  @Test
  void an_object_that_was_not_made_by_apply_is_taken_over() {
    house
        .kube()
        .create(
            Kinds.CONFIG_MAP,
            Tree.object(
                "metadata",
                Tree.object("name", "m", "namespace", "default"),
                "data",
                Tree.object("a", "theirs", "b", "theirs")));
    var file = manifest(map("{a: ours}", "{}"));
    var said = moor("apply -f " + file);
    assertThat(said.err()).startsWith("Warning: configmap/m was not made by apply");
    assertThat(said.lines()).containsExactly("configmap/m configured");
    assertThat(ok("apply -f " + file)).containsExactly("configmap/m unchanged");
  }

  // Get

  @Test
  void nothing_found_is_said_beside_the_answer() {
    var said = moor("get pods");
    assertThat(said).isEqualTo(new Said(0, "", "No resources found in default namespace.\n"));
    assertThat(moor("get pods -A").err()).isEqualTo("No resources found\n");
    assertThat(moor("get nodes").err()).isEqualTo("No resources found\n");
  }

  @Test
  void selectors_choose_by_labels_and_fields() {
    ok("apply -f EXAMPLES");
    house.kube().change(Kinds.POD, POD, "", Patch.NONE.set("gold", "metadata", "labels", "tier"));
    for (String chosen : List.of("tier=gold", "tier==gold", "tier", "tier!=tin", "!old"))
      assertThat(ok("get pods -o name -l " + chosen)).as(chosen).containsExactly("pod/data-pod");
    assertThat(house.moor("get", "pods", "-o", "name", "-l", "tier in (gold, silver),!old").lines())
        .containsExactly("pod/data-pod");
    for (String other : List.of("tier=tin", "!tier", "tier!=gold", "old"))
      assertThat(moor("get pods -o name -l " + other).out()).as(other).isEmpty();
    assertThat(ok("get pods -o name --field-selector status.phase=Pending")).hasSize(1);
    assertThat(moor("get pods -o name --field-selector status.phase!=Pending").out()).isEmpty();
  }

  @Test
  void a_server_that_is_away_is_named() {
    house.stop();
    var said = moor("get pods");
    assertThat(said.err())
        .startsWith("moor: cannot reach https://127.0.0.1:")
        .contains("is it running? (./moor up, ./moor status)");
    assertThat(said.code()).isEqualTo(1);
  }

  // Describe

  @Test
  void a_claim_is_described_with_its_users_and_its_events() {
    ok("apply -f EXAMPLES");
    event("PersistentVolumeClaim", CLAIM, uid(), "WaitForFirstConsumer", "waiting for a pod");
    event("PersistentVolumeClaim", CLAIM, "another", "Old", "of an earlier claim");
    assertThat(ok("describe pvc data").stream().map(line -> line.replaceAll(" {2,}", "  ")))
        .contains(
            "Name:  data",
            "Used By:  data-pod",
            "Status:  Pending",
            "Storage Class:  fast",
            "  Storage:  512Mi")
        .anyMatch(
            line -> line.contains("WaitForFirstConsumer") && line.endsWith("waiting for a pod"))
        .noneMatch(line -> line.contains("Old"));
    assertThat(ok("describe pod data-pod"))
        .anyMatch(line -> line.matches(" +writer +/data +rw +data \\(claim data\\)"));
    refused(
        "describe pvc x", "Error from server (NotFound): persistentvolumeclaims \"x\" not found");
  }

  private String uid() {
    return house.kube().get(Kinds.CLAIM, CLAIM).orElseThrow().meta().uid();
  }

  private void event(String kind, ObjectKey about, String uid, String reason, String message) {
    house
        .kube()
        .create(
            Kinds.EVENT,
            Tree.object(
                "metadata",
                Tree.object("generateName", "e.", "namespace", about.namespace()),
                "involvedObject",
                Tree.object(
                    "apiVersion",
                    "v1",
                    "kind",
                    kind,
                    "namespace",
                    about.namespace(),
                    "name",
                    about.name(),
                    "uid",
                    uid),
                "type",
                "Normal",
                "reason",
                reason,
                "message",
                message,
                "source",
                Tree.object("component", "test")));
  }

  @Test
  void a_volume_its_attachment_and_its_node_are_described_with_each_other() {
    ok(
        "apply -f "
            + manifest(
                """
                {apiVersion: v1, kind: Node, metadata: {name: node}}
                ---
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: pv}
                spec:
                  accessModes: [ReadWriteOnce]
                  capacity: {storage: 1Gi}
                  claimRef: {namespace: default, name: data}
                  csi: {driver: d, volumeHandle: h}
                ---
                apiVersion: storage.k8s.io/v1
                kind: VolumeAttachment
                metadata: {name: va}
                spec: {attacher: d, nodeName: node, source: {persistentVolumeName: pv}}
                """));
    var attachment = " +pv +node +false";
    assertThat(ok("describe pv pv"))
        .anyMatch(line -> line.matches("Claim: +default/data"))
        .anyMatch(line -> line.matches(attachment))
        .anyMatch(line -> line.matches(" +Volume Handle: +h"));
    assertThat(ok("describe node node")).anyMatch(line -> line.matches(attachment));
    assertThat(ok("describe volumeattachment va"))
        .anyMatch(line -> line.matches("Claim: +default/data"));
  }

  // Delete

  @Test
  void deleting_waits_until_the_object_is_gone() {
    ok("apply -f EXAMPLES");
    ok("delete pod data-pod --now");
    var out = new StringWriter();
    var deleting =
        group.start("delete", () -> house.moor(out, new StringWriter(), "delete", "pvc/data"));
    await().until(() -> out.toString().contains("persistentvolumeclaim \"data\" deleted"));
    assertThat(deleting.ended()).isFalse();
    house
        .kube()
        .change(Kinds.CLAIM, CLAIM, "", Patch.NONE.removeFinalizer("kubernetes.io/pvc-protection"));
    assertThat(deleting.await()).isZero();
    assertThat(moor("get pvc").err()).isEqualTo("No resources found in default namespace.\n");
  }

  @Test
  void what_stays_is_named_with_what_holds_it() {
    ok("apply -f EXAMPLES");
    refused(
        "delete pvc data --timeout 0.2s",
        "moor: persistentvolumeclaim \"data\" is still there after 0.2s; held by"
            + " kubernetes.io/pvc-protection. See ./moor describe persistentvolumeclaim/data -n"
            + " default");
    assertThat(ok("delete pvc data --wait=false"))
        .containsExactly("persistentvolumeclaim \"data\" deleted");
  }

  @Test
  void objects_are_deleted_by_file_label_and_name() {
    ok("apply -f " + manifest(map("{a: b}", "{app: x}")));
    assertThat(ok("delete cm -l app=x")).containsExactly("configmap \"m\" deleted");
    ok("apply -f " + folder.resolve("m.yaml"));
    assertThat(ok("delete -f " + folder.resolve("m.yaml"))).hasSize(1);
    refused("delete cm m", "Error from server (NotFound): configmaps \"m\" not found");
    assertThat(ok("delete cm m --ignore-not-found")).isEmpty();
  }

  // Watch

  /// Output that nobody reads any more from some time on.
  private static final class BrokenPipe extends FilterWriter {
    private volatile boolean broken;

    BrokenPipe(Writer out) {
      super(out);
    }

    void breakOff() {
      broken = true;
    }

    @Override
    public void flush() throws IOException {
      if (broken) throw new IOException("nobody reads");
    }
  }

  @Test
  void a_watch_goes_on_when_the_server_comes_back_and_tells_what_it_missed() {
    ok("apply -f EXAMPLES");
    var out = new StringWriter();
    var err = new StringWriter();
    var pipe = new BrokenPipe(out);
    var watch = group.start("watch", () -> house.moor(pipe, err, "watch", "pods", "-o", "name"));
    await().until(() -> lines(out) == 1);
    label("one");
    await().until(() -> lines(out) == 2);
    house.stop();
    await().until(() -> err.toString().startsWith("moor: the watch at https://127.0.0.1:"));
    label("two");
    house.startAgain();
    await().atMost(Duration.ofSeconds(20)).until(() -> lines(out) == 3);
    label("three");
    await().until(() -> lines(out) == 4);
    pipe.breakOff();
    assertThat(watch.await()).isZero();
  }

  private static long lines(StringWriter out) {
    return out.toString().lines().filter("pod/data-pod"::equals).count();
  }

  private void label(String text) {
    house.kube().change(Kinds.POD, POD, "", Patch.NONE.set(text, "metadata", "labels", "seen"));
  }

  // Beside kubectl

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get pods",
        "get all",
        "get pods,pvc,sc",
        "get pvc data",
        "get pod/data-pod pvc/data",
        "get pods -A -o wide --show-labels",
        "get sc --no-headers",
        "get pods,pvc -o name",
        "get pvc data -o yaml",
        "get pvc data -o json",
        "get pods,sc -o yaml",
        "get pod nope",
        "get pods -n other",
        "get events",
      })
  void both_say_the_same(String line) {
    var kubectl = kubectl();
    ok("apply -f EXAMPLES");
    var moor = moor(line);
    assertThat(steady(moor.out() + moor.err()))
        .isEqualTo(steady(house.kubectl(kubectl, line.split(" ", -1))));
  }

  private static String steady(String text) {
    return text.replaceAll("\\b\\d{1,2}s\\b", "#s");
  }

  @Test
  void both_apply_in_turns_without_a_change() {
    var kubectl = kubectl();
    ok("apply -f EXAMPLES");
    assertThat(house.kubectl(kubectl, "apply", "-f", EXAMPLES).lines())
        .allMatch(line -> line.endsWith(" unchanged"));
    var file = manifest(map("{a: '<b>'}", "{}"));
    house.kubectl(kubectl, "apply", "-f", file.toString());
    assertThat(ok("apply -f " + file)).containsExactly("configmap/m unchanged");
  }

  private static Path kubectl() {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .map(place -> Path.of(place, "kubectl"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "kubectl is not installed");
    return found.orElseThrow();
  }
}
