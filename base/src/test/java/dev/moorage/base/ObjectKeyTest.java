package dev.moorage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ObjectKeyTest {

  @Test
  void prints_with_its_namespace_where_it_has_one() {
    assertThat(new ObjectKey("shop", "data")).hasToString("shop/data");
    assertThat(ObjectKey.cluster("pv-1")).hasToString("pv-1");
    assertThatThrownBy(() -> ObjectKey.cluster("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void orders_by_namespace_then_name() {
    var keys = new TreeSet<ObjectKey>();
    keys.add(new ObjectKey("b", "a"));
    keys.add(new ObjectKey("a", "b"));
    keys.add(ObjectKey.cluster("z"));
    assertThat(keys).extracting(ObjectKey::toString).containsExactly("z", "a/b", "b/a");
  }
}
