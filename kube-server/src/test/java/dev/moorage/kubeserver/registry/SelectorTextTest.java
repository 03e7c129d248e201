package dev.moorage.kubeserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | true",
        "a=1                      | true",
        "a==1                     | true",
        "a=2                      | false",
        "a!=2                     | true",
        "a!=1                     | false",
        "b!=1                     | true",
        "a                        | true",
        "b                        | false",
        "!b                       | true",
        "!a                       | false",
        "a in (1,2)               | true",
        "a in (2, 3)              | false",
        "a notin (2,3)            | true",
        "b notin (2,3)            | true",
        "a notin (1)              | false",
        "a>0                      | true",
        "a<1                      | false",
        "b<1                      | false",
        "x.y/z=w                  | true",
        "a=1,x.y/z in (v,w),!b    | true",
        "a=1,b                    | false",
      })
  void labels_are_selected(String text, boolean selected) {
    var labels = Tree.object("a", "1", "x.y/z", "w");
    var object = Tree.object("metadata", Tree.object("labels", labels));
    assertThat(matcher(SelectorText.parse(text, "")).matches(object)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                     | true",
        "metadata.name=x                        | true",
        "metadata.name==x                       | true",
        "metadata.name!=x                       | false",
        "spec.nodeName!=n,metadata.name=x       | true",
        "spec.nodeName=                         | true",
        "status.phase=a\\,b\\=c                 | true",
      })
  void fields_are_selected(String text, boolean selected) {
    var object =
        Tree.object("metadata", Tree.object("name", "x"), "status", Tree.object("phase", "a,b=c"));
    assertThat(matcher(SelectorText.parse("", text)).matches(object)).isEqualTo(selected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=b=c", "a/b/c=d", "a=-b", "a in 1", "a in (1", "a b", "a>x", ",", "a,,b", "=x", "(a)"
      })
  void a_label_selector_that_cannot_be_read_is_a_bad_request(String text) {
    assertThatExceptionOfType(KubeException.class)
        .isThrownBy(() -> matcher(SelectorText.parse(text, "")))
        .matches(e -> e.reason() == Reason.BadRequest);
  }

  @Test
  void a_field_selector_that_cannot_be_read_is_a_bad_request() {
    assertThatExceptionOfType(KubeException.class)
        .isThrownBy(() -> SelectorText.parse("", "metadata.name"))
        .withMessageContaining("invalid selector: 'metadata.name'");
  }

  private static Matcher matcher(Selection selection) {
    return Matcher.of(RuleBook.of(Kinds.POD), "", selection);
  }
}
