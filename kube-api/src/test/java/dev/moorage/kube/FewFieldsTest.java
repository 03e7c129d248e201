package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On both sides of the number of fields from which on an object is kept in another way.
class FewFieldsTest {

  private static Map<String, Tree> fields(int count) {
    var fields = new LinkedHashMap<String, Tree>();
    for (int i = count; i > 0; i--) fields.put("f" + i, Tree.of(i));
    return fields;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 40})
  void fields_keep_their_order_and_equal_any_map_of_the_same(int count) {
    var fields = fields(count);
    var copy = FewFields.copyOf(fields);
    assertThat(copy.keySet()).containsExactlyElementsOf(fields.keySet());
    assertThat(copy).isEqualTo(fields).hasSameHashCodeAs(fields);
    assertThat(fields).isEqualTo(copy);
    assertThat(copy.get("none")).isNull();
    fields.put("f1", Tree.of("other"));
    fields.put("late", Tree.of("other"));
    assertThat(copy).doesNotContainValue(Tree.of("other")).hasSize(count);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> copy.put("f1", Tree.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17})
  void a_field_is_added_last_or_replaced_in_its_place(int count) {
    var expected = fields(count);
    var copy = FewFields.copyOf(expected);
    var more = FewFields.with(FewFields.with(copy, "new", Tree.of(0)), "f1", Tree.of("one"));
    expected.put("new", Tree.of(0));
    expected.put("f1", Tree.of("one"));
    assertThat(more).isEqualTo(expected);
    assertThat(more.keySet()).containsExactlyElementsOf(expected.keySet());
    assertThat(copy).isEqualTo(fields(count));
  }
}
