package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatchTest {
  private static final Tree CLAIM =
      Tree.object(
          "metadata",
          Tree.object(
              "name",
              "data",
              "finalizers",
              Tree.texts(List.of("kubernetes.io/pvc-protection")),
              "annotations",
              Tree.object("mine", "1", "theirs", "2")),
          "spec",
          Tree.object("unknown", Tree.object("deep", 1)),
          "status",
          Tree.object(
              "conditions",
              Tree.list(List.of(condition("Resizing", "True"), condition("Other", "True")))));

  private static Tree condition(String type, String status) {
    return Tree.object("type", type, "status", status);
  }

  @Test
  void what_a_patch_does_not_name_survives() {
    var patched = Patch.NONE.set("vol-1", "spec", "volumeName").apply(CLAIM);
    assertThat(patched.text("spec", "volumeName")).isEqualTo("vol-1");
    assertThat(patched.without("spec", "volumeName")).isEqualTo(CLAIM);
    assertThat(Patch.NONE.apply(CLAIM)).isSameAs(CLAIM);
  }

  @Test
  void changes_are_applied_in_order() {
    var patched = Patch.NONE.set("a", "spec", "x").set("b", "spec", "x").remove("spec", "unknown");
    assertThat(patched.apply(CLAIM).at("spec")).isEqualTo(Tree.object("x", "b"));
  }

  @Test
  void a_finalizer_is_added_once_at_the_end() {
    var add = Patch.NONE.addFinalizer("moorage.dev/intent");
    var once = add.apply(CLAIM);
    assertThat(once.textList("metadata", "finalizers"))
        .containsExactly("kubernetes.io/pvc-protection", "moorage.dev/intent");
    assertThat(add.apply(once)).isEqualTo(once);
    assertThat(add.apply(Tree.empty()).textList("metadata", "finalizers"))
        .containsExactly("moorage.dev/intent");
  }

  @Test
  void the_last_finalizer_takes_the_list_with_it() {
    var remove = Patch.NONE.removeFinalizer("kubernetes.io/pvc-protection");
    var gone = remove.apply(CLAIM);
    assertThat(gone.at("metadata").fields()).doesNotContainKey("finalizers");
    assertThat(remove.apply(gone)).isEqualTo(gone);
    assertThat(remove.apply(Tree.empty())).isEqualTo(Tree.empty());
    assertThat(Patch.NONE.removeFinalizer("another").apply(CLAIM)).isEqualTo(CLAIM);
  }

  @Test
  void annotations_come_and_go_one_by_one() {
    var patched = Patch.NONE.annotate("mine", "3").unannotate("theirs").apply(CLAIM);
    assertThat(Meta.of(patched).annotations()).containsOnlyKeys("mine").containsEntry("mine", "3");
    assertThat(Patch.NONE.annotate("a/b", "c").apply(Tree.empty()))
        .isEqualTo(Tree.object("metadata", Tree.object("annotations", Tree.object("a/b", "c"))));
    assertThat(Patch.NONE.unannotate("a/b").apply(Tree.empty())).isEqualTo(Tree.empty());
  }

  @Test
  void an_item_of_a_keyed_list_is_replaced_in_its_place_or_appended() {
    var off = condition("Resizing", "False");
    var replaced = Patch.NONE.setItem("type", off, "status", "conditions").apply(CLAIM);
    assertThat(replaced.at("status", "conditions").items())
        .containsExactly(off, condition("Other", "True"));
    var fresh = condition("Fresh", "True");
    var appended = Patch.NONE.setItem("type", fresh, "status", "conditions").apply(CLAIM);
    assertThat(appended.at("status", "conditions").items()).hasSize(3).endsWith(fresh);
    assertThat(
            Patch.NONE
                .setItem("type", fresh, "status", "conditions")
                .apply(Tree.empty())
                .at("status", "conditions")
                .items())
        .containsExactly(fresh);
  }

  @Test
  void an_item_of_a_keyed_list_goes() {
    var one = Patch.NONE.removeItem("type", "Resizing", "status", "conditions");
    assertThat(one.apply(CLAIM).at("status", "conditions").items())
        .containsExactly(condition("Other", "True"));
    var both = one.removeItem("type", "Other", "status", "conditions");
    assertThat(both.apply(CLAIM).at("status")).isEqualTo(Tree.empty());
  }

  @Test
  void a_patch_is_a_value_and_grows_by_copies() {
    var one = Patch.NONE.set("a", "x");
    assertThat(one.set("b", "y").changes()).hasSize(2);
    assertThat(one.changes()).hasSize(1);
    assertThat(one).isEqualTo(Patch.NONE.set("a", "x"));
    assertThat(Patch.NONE.changes()).isEmpty();
  }
}
