package dev.moorage.kubeserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.TreeJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'a':'b'}             | {'a':'c'}                 | {'a':'c'}",
        "{'a':'b'}             | {'b':'c'}                 | {'a':'b','b':'c'}",
        "{'a':'b'}             | {'a':null}                | {}",
        "{'a':'b','b':'c'}     | {'a':null}                | {'b':'c'}",
        "{'a':['b']}           | {'a':'c'}                 | {'a':'c'}",
        "{'a':'c'}             | {'a':['b']}               | {'a':['b']}",
        "{'a':{'b':'c'}}       | {'a':{'b':'d','c':null}}  | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]}     | {'a':[1]}                 | {'a':[1]}",
        "{'a':'foo'}           | {'a':{'b':null,'c':1}}    | {'a':{'c':1}}",
        "{}                    | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
        "{'f':['x','y']}       | {'f':['x']}               | {'f':['x']}",
      })
  void objects_merge_and_null_removes(String object, String patch, String result) {
    assertThat(MergePatch.apply(json(object), json(patch))).isEqualTo(json(result));
  }

  @Test
  void a_body_that_is_no_object_is_no_patch() {
    assertThatExceptionOfType(PatchRefused.class)
        .isThrownBy(() -> MergePatch.apply(Tree.empty(), json("[]")))
        .matches(PatchRefused::isUndecodable);
  }

  private static Tree json(String text) {
    return TreeJson.read(text.replace('\'', '"'));
  }
}
