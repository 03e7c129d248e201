package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Watch.Change;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every body of [Kube] does, as far as rooms rely on it. Runs against an API that has the
/// namespace `default` and no other objects that the tests name.
public abstract class KubeContract {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
  private static final ObjectKey CLAIM = new ObjectKey("default", "data");

  /// The body under test; the same one each time.
  protected abstract Kube kube();

  // --- reading -----------------------------------------------------------------------------------

  @Test
  void an_object_that_is_not_there_is_empty() {
    assertThat(kube().get(Kinds.CLAIM, CLAIM)).isEmpty();
  }

  @Test
  void a_created_object_can_be_read() {
    var created = kube().create(Kinds.CLAIM, claim("data"));
    assertThat(created.meta().uid()).isNotEmpty();
    assertThat(created.meta().version()).isNotEmpty();
    assertThat(created.meta().created()).isPresent();
    assertThat(created.phase()).isEqualTo("Pending");
    assertThat(kube().get(Kinds.CLAIM, CLAIM)).contains(created);
  }

  @Test
  void a_list_is_ordered_by_namespace_and_name() {
    namespace("apart");
    for (String name : List.of("b", "a", "c")) kube().create(Kinds.CLAIM, claim(name));
    kube().create(Kinds.CLAIM, claim("z").with(Tree.of("apart"), "metadata", "namespace"));
    assertThat(kube().list(Kinds.CLAIM, Selection.ALL).items())
        .extracting(claim -> claim.key().toString())
        .containsExactly("apart/z", "default/a", "default/b", "default/c");
    assertThat(kube().list(Kinds.CLAIM, Selection.in("default")).items()).hasSize(3);
    assertThat(kube().list(Kinds.CLAIM, Selection.of(new ObjectKey("default", "b"))).items())
        .extracting(PersistentVolumeClaim::key)
        .containsExactly(new ObjectKey("default", "b"));
  }

  @Test
  void a_list_takes_label_and_field_conditions() {
    kube().create(Kinds.CLAIM, claim("a").with(Tree.of("gold"), "metadata", "labels", "tier"));
    kube().create(Kinds.CLAIM, claim("b"));
    var gold = new Selection.Label("tier", Selection.Label.Test.IN, List.of("gold"));
    var notGold = new Selection.Label("tier", Selection.Label.Test.NOT_IN, List.of("gold"));
    assertThat(names(new Selection("", List.of(gold), List.of()))).containsExactly("a");
    assertThat(names(new Selection("", List.of(notGold), List.of()))).containsExactly("b");
    var notA = new Selection.Field("metadata.name", "a", false);
    assertThat(names(new Selection("", List.of(), List.of(notA)))).containsExactly("b");
  }

  private List<String> names(Selection selection) {
    return kube().list(Kinds.CLAIM, selection).items().stream()
        .map(claim -> claim.meta().name())
        .toList();
  }

  // --- creating ----------------------------------------------------------------------------------

  @Test
  void a_taken_name_is_refused() {
    kube().create(Kinds.CLAIM, claim("data"));
    refused(
        Reason.AlreadyExists,
        "persistentvolumeclaims \"data\" already exists",
        () -> kube().create(Kinds.CLAIM, claim("data")));
  }

  @Test
  void a_name_can_be_generated() {
    var tree =
        claim("x").without("metadata", "name").with(Tree.of("x-"), "metadata", "generateName");
    var one = kube().create(Kinds.CLAIM, tree);
    var two = kube().create(Kinds.CLAIM, tree);
    assertThat(one.meta().name()).matches("x-[a-z0-9]{5}").isNotEqualTo(two.meta().name());
  }

  @Test
  void a_missing_namespace_is_refused() {
    refused(
        Reason.NotFound,
        "namespaces \"nowhere\" not found",
        () ->
            kube()
                .create(Kinds.CLAIM, claim("a").with(Tree.of("nowhere"), "metadata", "namespace")));
  }

  @Test
  void an_invalid_object_is_refused_with_the_field() {
    assertThatExceptionOfType(KubeException.class)
        .isThrownBy(() -> kube().create(Kinds.CLAIM, claim("data").without("spec", "accessModes")))
        .satisfies(e -> {
          assertThat(e.reason()).isEqualTo(Reason.Invalid);
          assertThat(e.getMessage())
              .isEqualTo(
                  "PersistentVolumeClaim \"data\" is invalid: spec.accessModes: Required value: at"
                      + " least 1 access mode is required");
          assertThat(e.causes())
              .containsExactly(
                  new KubeException.Cause(
                      "FieldValueRequired",
                      "Required value: at least 1 access mode is required",
                      "spec.accessModes"));
        });
  }

  // --- changing ----------------------------------------------------------------------------------

  @Test
  void a_change_names_paths_and_the_rest_survives() {
    var created =
        kube().create(Kinds.CLAIM, claim("data").with(Tree.of("1"), "metadata", "labels", "a"));
    var changed =
        kube()
            .change(
                Kinds.CLAIM, CLAIM, created.meta().version(), Patch.NONE.annotate("x.y/z", "2"));
    assertThat(changed.meta().annotation("x.y/z")).isEqualTo("2");
    assertThat(changed.meta().labels()).containsEntry("a", "1");
    assertThat(changed.meta().version()).isNotEqualTo(created.meta().version());
    assertThat(kube().get(Kinds.CLAIM, CLAIM)).contains(changed);
  }

  @Test
  void a_change_of_an_older_version_is_a_conflict() {
    var created = kube().create(Kinds.CLAIM, claim("data"));
    kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE.annotate("a", "1"));
    refused(
        Reason.Conflict,
        "Operation cannot be fulfilled on persistentvolumeclaims \"data\": the object has been"
            + " modified; please apply your changes to the latest version and try again",
        () ->
            kube()
                .change(
                    Kinds.CLAIM, CLAIM, created.meta().version(), Patch.NONE.annotate("a", "2")));
    refused(
        Reason.Conflict,
        "Operation cannot be fulfilled",
        () ->
            kube()
                .changeStatus(
                    Kinds.CLAIM,
                    CLAIM,
                    created.meta().version(),
                    Patch.NONE.set("Bound", "status", "phase")));
  }

  @Test
  void a_change_of_nothing_keeps_the_version() {
    var created = kube().create(Kinds.CLAIM, claim("data"));
    assertThat(kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE)).isEqualTo(created);
  }

  @Test
  void a_change_of_a_missing_object_is_not_found() {
    refused(
        Reason.NotFound,
        "persistentvolumeclaims \"data\" not found",
        () -> kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE));
  }

  @Test
  void object_and_status_are_changed_apart() {
    kube().create(Kinds.CLAIM, claim("data"));
    var both = Patch.NONE.set("v", "spec", "volumeName").set("Bound", "status", "phase");
    var first = kube().change(Kinds.CLAIM, CLAIM, "", both);
    assertThat(first.volumeName()).isEqualTo("v");
    assertThat(first.phase()).isEqualTo("Pending");
    var second =
        kube()
            .changeStatus(
                Kinds.CLAIM, CLAIM, "", both.set("w", "spec", "volumeName").annotate("a", "b"));
    assertThat(second.volumeName()).isEqualTo("v");
    assertThat(second.phase()).isEqualTo("Bound");
    assertThat(second.meta().annotation("a")).isEqualTo("b");
  }

  @Test
  void the_status_of_an_attachment_leaves_its_metadata() {
    var key = ObjectKey.cluster("csi-1");
    kube().create(Kinds.ATTACHMENT, attachment("csi-1"));
    var patch =
        Patch.NONE
            .set(Tree.of(true), "status", "attached")
            .set("ctx", "status", "attachmentMetadata", "k")
            .addFinalizer("x.y/z")
            .annotate("a", "b");
    var changed = kube().changeStatus(Kinds.ATTACHMENT, key, "", patch);
    assertThat(changed.attached()).isTrue();
    assertThat(changed.publishContext()).containsEntry("k", "ctx");
    assertThat(changed.meta().finalizers()).isEmpty();
    assertThat(changed.meta().annotations()).isEmpty();
  }

  @Test
  void what_is_fixed_after_creation_is_refused() {
    kube().create(Kinds.CLAIM, claim("data"));
    refused(
        Reason.Invalid,
        "PersistentVolumeClaim \"data\" is invalid: spec: Forbidden: spec is immutable after"
            + " creation except resources.requests and volumeAttributesClassName for bound claims",
        () ->
            kube()
                .change(
                    Kinds.CLAIM,
                    CLAIM,
                    "",
                    Patch.NONE.set(Tree.texts(List.of("ReadWriteMany")), "spec", "accessModes")));
  }

  @Test
  void a_bound_claim_grows_where_its_class_allows_it() {
    kube().create(Kinds.STORAGE_CLASS, storageClass("grows", true));
    kube().create(Kinds.STORAGE_CLASS, storageClass("stays", false));
    for (String name : List.of("grows", "stays")) {
      kube().create(Kinds.CLAIM, claim(name).with(Tree.of(name), "spec", "storageClassName"));
      kube()
          .changeStatus(
              Kinds.CLAIM,
              new ObjectKey("default", name),
              "",
              Patch.NONE
                  .set("Bound", "status", "phase")
                  .set("1Gi", "status", "capacity", "storage"));
    }
    var larger = Patch.NONE.set("2Gi", "spec", "resources", "requests", "storage");
    var grown = kube().change(Kinds.CLAIM, new ObjectKey("default", "grows"), "", larger);
    assertThat(grown.requested()).isEqualTo(Bytes.gibi(2));
    refused(
        Reason.Forbidden,
        "persistentvolumeclaims \"stays\" is forbidden: only dynamically provisioned pvc can be"
            + " resized and the storageclass that provisions the pvc must support resize",
        () -> kube().change(Kinds.CLAIM, new ObjectKey("default", "stays"), "", larger));
  }

  // --- pods --------------------------------------------------------------------------------------

  @Test
  void a_pod_is_bound_once() {
    var pod = kube().create(Kinds.POD, pod("p"));
    kube().bind(pod.key(), pod.meta().uid(), "node-1");
    assertThat(kube().get(Kinds.POD, pod.key()).orElseThrow().nodeName()).isEqualTo("node-1");
    refused(
        Reason.Conflict,
        "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node"
            + " \"node-1\"",
        () -> kube().bind(pod.key(), pod.meta().uid(), "node-2"));
  }

  @Test
  void a_pod_of_another_uid_is_not_bound() {
    var pod = kube().create(Kinds.POD, pod("p"));
    refused(
        Reason.Conflict,
        "Operation cannot be fulfilled on pods/binding \"p\"",
        () -> kube().bind(pod.key(), "00000000-0000-4000-8000-000000000000", "node-1"));
    assertThat(kube().get(Kinds.POD, pod.key()).orElseThrow().nodeName()).isEmpty();
  }

  @Test
  void a_bound_pod_is_deleted_with_grace_and_then_at_once() {
    var pod = kube().create(Kinds.POD, pod("p"));
    kube().bind(pod.key(), pod.meta().uid(), "node-1");
    kube().delete(Kinds.POD, pod.key(), Deletion.ANY);
    var ending = kube().get(Kinds.POD, pod.key()).orElseThrow();
    assertThat(ending.meta().deleting()).isTrue();
    assertThat(ending.deletionGraceSeconds()).isEqualTo(30);
    kube().delete(Kinds.POD, pod.key(), Deletion.now(pod.meta().uid()));
    assertThat(kube().get(Kinds.POD, pod.key())).isEmpty();
  }

  @Test
  void a_pod_that_no_node_has_is_deleted_at_once() {
    var pod = kube().create(Kinds.POD, pod("p"));
    kube().delete(Kinds.POD, pod.key(), Deletion.ANY);
    assertThat(kube().get(Kinds.POD, pod.key())).isEmpty();
  }

  // --- deleting ----------------------------------------------------------------------------------

  @Test
  void an_object_without_finalizers_is_gone_at_once() {
    kube().create(Kinds.ATTACHMENT, attachment("csi-1"));
    kube().delete(Kinds.ATTACHMENT, ObjectKey.cluster("csi-1"), Deletion.ANY);
    assertThat(kube().get(Kinds.ATTACHMENT, ObjectKey.cluster("csi-1"))).isEmpty();
  }

  @Test
  void finalizers_hold_an_object_until_the_last_one_is_gone() {
    kube().create(Kinds.CLAIM, claim("data"));
    kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE.addFinalizer("x.y/z"));
    kube().delete(Kinds.CLAIM, CLAIM, Deletion.ANY);
    var held = kube().get(Kinds.CLAIM, CLAIM).orElseThrow();
    assertThat(held.meta().deleting()).isTrue();
    assertThat(held.meta().finalizers()).containsExactly("kubernetes.io/pvc-protection", "x.y/z");
    kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE.removeFinalizer("x.y/z"));
    assertThat(kube().get(Kinds.CLAIM, CLAIM)).isPresent();
    kube()
        .change(Kinds.CLAIM, CLAIM, "", Patch.NONE.removeFinalizer("kubernetes.io/pvc-protection"));
    assertThat(kube().get(Kinds.CLAIM, CLAIM)).isEmpty();
  }

  @Test
  void deleting_twice_changes_nothing() {
    kube().create(Kinds.CLAIM, claim("data"));
    kube().delete(Kinds.CLAIM, CLAIM, Deletion.ANY);
    var once = kube().get(Kinds.CLAIM, CLAIM);
    kube().delete(Kinds.CLAIM, CLAIM, Deletion.ANY);
    assertThat(kube().get(Kinds.CLAIM, CLAIM)).isEqualTo(once);
  }

  @Test
  void a_deleted_object_takes_no_new_finalizers() {
    kube().create(Kinds.CLAIM, claim("data"));
    kube().delete(Kinds.CLAIM, CLAIM, Deletion.ANY);
    refused(
        Reason.Invalid,
        "no new finalizers can be added if the object is being deleted",
        () -> kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE.addFinalizer("x.y/z")));
  }

  @Test
  void deleting_what_is_not_there_is_not_found() {
    refused(
        Reason.NotFound,
        "persistentvolumeclaims \"data\" not found",
        () -> kube().delete(Kinds.CLAIM, CLAIM, Deletion.ANY));
  }

  @Test
  void preconditions_of_a_deletion_must_hold() {
    var claim = kube().create(Kinds.CLAIM, claim("data"));
    refused(
        Reason.Conflict,
        "The object might have been deleted and then recreated",
        () ->
            kube()
                .delete(
                    Kinds.CLAIM, CLAIM, Deletion.ofUid("00000000-0000-4000-8000-000000000000")));
    kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE.annotate("a", "b"));
    refused(
        Reason.Conflict,
        "The object might have been modified",
        () -> kube().delete(Kinds.CLAIM, CLAIM, new Deletion("", claim.meta().version(), -1)));
    assertThat(kube().get(Kinds.CLAIM, CLAIM).orElseThrow().meta().deleting()).isFalse();
  }

  // --- watching ----------------------------------------------------------------------------------

  @Test
  void a_watch_tells_all_changes_after_a_list() {
    var listed = kube().list(Kinds.ATTACHMENT, Selection.ALL);
    try (var watch = kube().watch(Kinds.ATTACHMENT, Selection.ALL, listed.version())) {
      var created = kube().create(Kinds.ATTACHMENT, attachment("csi-1"));
      var changed =
          kube()
              .change(
                  Kinds.ATTACHMENT,
                  created.key(),
                  created.meta().version(),
                  Patch.NONE.annotate("a", "b"));
      kube().delete(Kinds.ATTACHMENT, created.key(), Deletion.ANY);
      assertThat(next(watch)).isEqualTo(new Change.Added<>(created));
      assertThat(next(watch)).isEqualTo(new Change.Modified<>(changed));
      assertThat(next(watch))
          .isInstanceOfSatisfying(
              Change.Deleted.class,
              deleted -> {
                var last = (VolumeAttachment) deleted.last();
                assertThat(last.meta().annotation("a")).isEqualTo("b");
                assertThat(Long.parseLong(last.meta().version()))
                    .isGreaterThan(Long.parseLong(changed.meta().version()));
              });
      assertThat(watch.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void a_watch_goes_on_from_any_version_that_was_seen() {
    var first = kube().create(Kinds.ATTACHMENT, attachment("csi-1"));
    var second = kube().create(Kinds.ATTACHMENT, attachment("csi-2"));
    try (var watch = kube().watch(Kinds.ATTACHMENT, Selection.ALL, first.meta().version())) {
      assertThat(next(watch)).isEqualTo(new Change.Added<>(second));
    }
  }

  @Test
  void a_watch_tells_only_what_it_selects() {
    var version = kube().list(Kinds.CLAIM, Selection.ALL).version();
    namespace("apart");
    try (var watch = kube().watch(Kinds.CLAIM, Selection.in("apart"), version)) {
      kube().create(Kinds.CLAIM, claim("here"));
      var there =
          kube()
              .create(Kinds.CLAIM, claim("there").with(Tree.of("apart"), "metadata", "namespace"));
      assertThat(next(watch)).isEqualTo(new Change.Added<>(there));
      assertThat(watch.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void objects_enter_and_leave_a_selection() {
    var version = kube().list(Kinds.CLAIM, Selection.ALL).version();
    var gold = new Selection.Label("tier", Selection.Label.Test.IN, List.of("gold"));
    var selection = new Selection("", List.of(gold), List.of());
    try (var watch = kube().watch(Kinds.CLAIM, selection, version)) {
      kube().create(Kinds.CLAIM, claim("data"));
      var label = Patch.NONE.set("gold", "metadata", "labels", "tier");
      var in = kube().change(Kinds.CLAIM, CLAIM, "", label);
      var out = kube().change(Kinds.CLAIM, CLAIM, "", Patch.NONE.remove("metadata", "labels"));
      assertThat(next(watch)).isEqualTo(new Change.Added<>(in));
      assertThat(next(watch))
          .isInstanceOfSatisfying(
              Change.Deleted.class,
              deleted -> {
                var last = (PersistentVolumeClaim) deleted.last();
                assertThat(last.meta().labels()).containsEntry("tier", "gold");
                assertThat(last.meta().version()).isEqualTo(out.meta().version());
              });
    }
  }

  @Test
  void the_end_of_the_last_finalizer_is_told_as_a_deletion() {
    kube().create(Kinds.CLAIM, claim("data"));
    kube().delete(Kinds.CLAIM, CLAIM, Deletion.ANY);
    var version = kube().list(Kinds.CLAIM, Selection.ALL).version();
    try (var watch = kube().watch(Kinds.CLAIM, Selection.ALL, version)) {
      kube()
          .change(
              Kinds.CLAIM, CLAIM, "", Patch.NONE.removeFinalizer("kubernetes.io/pvc-protection"));
      assertThat(next(watch)).isInstanceOf(Change.Deleted.class);
      assertThat(watch.next(Duration.ZERO)).isEmpty();
    }
  }

  /// The next change that is no bookmark.
  private static <T extends View> Change<T> next(Watch<T> watch) {
    while (true) {
      var change = watch.next(LONG_ENOUGH).orElseThrow();
      if (!(change instanceof Change.Bookmark<T>)) return change;
    }
  }

  // --- objects -----------------------------------------------------------------------------------

  private void namespace(String name) {
    kube().create(Kinds.NAMESPACE, Tree.object("metadata", Tree.object("name", name)));
  }

  static Tree claim(String name) {
    return Tree.object(
        "metadata",
        Tree.object("name", name, "namespace", "default"),
        "spec",
        Tree.object(
            "accessModes",
            Tree.texts(List.of("ReadWriteOnce")),
            "storageClassName",
            "",
            "resources",
            Tree.object("requests", Tree.object("storage", "1Gi"))));
  }

  private static Tree storageClass(String name, boolean grows) {
    return Tree.object(
        "metadata", Tree.object("name", name), "provisioner", "x.y", "allowVolumeExpansion", grows);
  }

  private static Tree attachment(String name) {
    return Tree.object(
        "metadata",
        Tree.object("name", name),
        "spec",
        Tree.object(
            "attacher",
            "x.y",
            "nodeName",
            "node-1",
            "source",
            Tree.object("persistentVolumeName", "pv-1")));
  }

  private static Tree pod(String name) {
    return Tree.object(
        "metadata",
        Tree.object("name", name, "namespace", "default"),
        "spec",
        Tree.object(
            "containers", Tree.list(List.of(Tree.object("name", "main", "image", "none")))));
  }

  private static void refused(Reason reason, String message, ThrowingCallable write) {
    assertThatExceptionOfType(KubeException.class)
        .isThrownBy(write)
        .withMessageContaining(message)
        .matches(e -> e.reason() == reason, "reason " + reason);
  }
}
