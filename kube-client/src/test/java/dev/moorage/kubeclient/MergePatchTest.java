package dev.moorage.kubeclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergePatchTest {

  private static String blind(Patch patch) {
    return MergePatch.blind(patch).map(TreeJson::write).orElse("read first");
  }

  @Test
  void texts_and_lists_are_set_and_annotations_removed_without_reading() {
    var patch =
        Patch.NONE
            .set("v", "spec", "volumeName")
            .set(Tree.texts(List.of("a")), "spec", "list")
            .annotate("x.y/a", "1")
            .unannotate("x.y/b");
    assertThat(blind(patch))
        .isEqualTo(
            "{\"spec\":{\"volumeName\":\"v\",\"list\":[\"a\"]},"
                + "\"metadata\":{\"annotations\":{\"x.y/a\":\"1\",\"x.y/b\":null}}}");
    assertThat(blind(Patch.NONE)).isEqualTo("{}");
  }

  @Test
  void what_a_merge_patch_cannot_say_needs_the_object() {
    var object = Tree.object("a", "b");
    for (var patch :
        List.of(
            Patch.NONE.set(object, "spec", "part"), // would be merged
            Patch.NONE.set(Tree.nothing(), "spec", "part"),
            Patch.NONE.remove("spec", "part", "a"), // might leave an empty part
            Patch.NONE.addFinalizer("x.y/z"),
            Patch.NONE.setItem("type", Tree.object("type", "Ready"), "status", "conditions"),
            Patch.NONE.set("1", "spec", "part").set("2", "spec", "part", "a"),
            Patch.NONE.set("2", "spec", "part", "a").set("1", "spec", "part")))
      assertThat(blind(patch)).as(patch.paths()).isEqualTo("read first");
  }

  @Test
  void a_difference_names_what_changed_only() {
    var before =
        TreeJson.read(
            "{\"a\":{\"b\":1,\"c\":2,\"d\":{\"e\":1}},\"l\":[1],\"m\":{},\"same\":{\"x\":1}}");
    var after =
        TreeJson.read(
            "{\"a\":{\"b\":1,\"c\":3},\"l\":[1,2],\"m\":\"text\",\"same\":{\"x\":1},\"n\":{\"o\":1}}");
    assertThat(TreeJson.write(MergePatch.between(before, after)))
        .isEqualTo("{\"a\":{\"d\":null,\"c\":3},\"l\":[1,2],\"m\":\"text\",\"n\":{\"o\":1}}");
    assertThat(MergePatch.between(before, before)).isEqualTo(Tree.empty());
  }
}
