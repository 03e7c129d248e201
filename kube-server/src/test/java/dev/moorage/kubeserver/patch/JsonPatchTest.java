package dev.moorage.kubeserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.TreeJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{}            | []                                              | {}",
        "{}            | [{'op':'add','path':'/a','value':1}]            | {'a':1}",
        "{'a':1}       | [{'op':'add','path':'/a','value':2}]            | {'a':2}",
        "{'a':1}       | [{'op':'replace','path':'/a','value':2}]        | {'a':2}",
        "{}            | [{'op':'replace','path':'/status','value':{'x':1}}] | {'status':{'x':1}}",
        "{'a':{}}      | [{'op':'replace','path':'/a/b','value':1}]      | {'a':{'b':1}}",
        "{'a':1}       | [{'op':'remove','path':'/a'}]                   | {}",
        "{'a':[1,2]}   | [{'op':'add','path':'/a/-','value':3}]          | {'a':[1,2,3]}",
        "{'a':[1,2]}   | [{'op':'add','path':'/a/0','value':3}]          | {'a':[3,1,2]}",
        "{'a':[1,2]}   | [{'op':'add','path':'/a/2','value':3}]          | {'a':[1,2,3]}",
        "{'a':[1,2]}   | [{'op':'replace','path':'/a/1','value':3}]      | {'a':[1,3]}",
        "{'a':[1,2]}   | [{'op':'remove','path':'/a/-1'}]                | {'a':[1]}",
        "{'a':[1,2]}   | [{'op':'replace','path':'/a/-2','value':3}]     | {'a':[3,2]}",
        "{'a':1}       | [{'op':'test','path':'/a','value':1}]           | {'a':1}",
        "{'a':1}       | [{'op':'test','path':'/b','value':null}]        | {'a':1}",
        "{'a':1}       | [{'op':'test','path':'/b'}]                     | {'a':1}",
        "{'a':1}       | [{'op':'test','path':'/b/c','value':null}]      | {'a':1}",
        "{'a':1}       | [{'op':'copy','from':'/a','path':'/b'}]         | {'a':1,'b':1}",
        "{'a':1}       | [{'op':'move','from':'/a','path':'/b'}]         | {'b':1}",
        "{'x/y':1}     | [{'op':'remove','path':'/x~1y'}]                | {}",
        "{'x~y':1}     | [{'op':'replace','path':'/x~0y','value':2}]     | {'x~y':2}",
        "{'a':1}       | [{'op':'add','path':'','value':{'b':2}}]        | {'b':2}",
      })
  void an_operation_changes_what_its_path_names(String object, String patch, String result) {
    assertThat(JsonPatch.apply(json(object), json(patch))).isEqualTo(json(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{}          | [{'op':'remove','path':'/a'}]",
        "{}          | [{'op':'add','path':'/a/b','value':1}]",
        "{}          | [{'op':'replace','path':'/a/b','value':1}]",
        "{}          | [{'op':'add','path':'/a/-','value':1}]",
        "{'a':[1]}   | [{'op':'replace','path':'/a/1','value':1}]",
        "{'a':[1]}   | [{'op':'add','path':'/a/2','value':1}]",
        "{'a':[1]}   | [{'op':'add','path':'/a/01','value':1}]",
        "{'a':[1]}   | [{'op':'add','path':'/a/x','value':1}]",
        "{'a':[1]}   | [{'op':'remove','path':'/a/-2'}]",
        "{'a':1}     | [{'op':'test','path':'/a','value':2}]",
        "{'a':1}     | [{'op':'test','path':'/b','value':1}]",
        "{'a':1}     | [{'op':'add','path':'/a/b','value':1}]",
        "{'a':1}     | [{'op':'jump','path':'/a'}]",
        "{'a':1}     | [{'op':'add','path':'a','value':1}]",
        "{'a':1}     | [{'op':'add','path':'/b'}]",
        "{'a':1}     | [{'op':'add','value':1}]",
        "{'a':1}     | [{'op':'copy','from':'/b','path':'/c'}]",
        "{'a':1}     | [1]",
      })
  void an_operation_that_does_not_fit_is_refused(String object, String patch) {
    assertThatExceptionOfType(PatchRefused.class)
        .isThrownBy(() -> JsonPatch.apply(json(object), json(patch)))
        .matches(refused -> !refused.isUndecodable());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '#',
      delimiter = '|',
      value = {"{}", "'x'", "null"})
  void a_body_that_is_no_list_is_no_patch(String patch) {
    assertThatExceptionOfType(PatchRefused.class)
        .isThrownBy(() -> JsonPatch.apply(Tree.empty(), json(patch)))
        .matches(PatchRefused::isUndecodable);
  }

  private static Tree json(String text) {
    return TreeJson.read(text.replace('\'', '"'));
  }
}
