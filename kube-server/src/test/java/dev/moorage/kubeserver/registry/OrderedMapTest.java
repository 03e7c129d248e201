package dev.moorage.kubeserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderedMapTest {
  @Test
  void it_is_a_sorted_map_and_old_maps_stay_as_they_were() {
    var random = new Random(7);
    var model = new TreeMap<Integer, Integer>();
    OrderedMap<Integer, Integer> map = OrderedMap.empty();
    OrderedMap<Integer, Integer> old = map;
    List<Integer> oldValues = List.of();
    for (int i = 0; i < 5_000; i++) {
      int key = random.nextInt(300);
      if (random.nextInt(3) == 0) {
        model.remove(key);
        map = map.without(key);
      } else {
        model.put(key, i);
        map = map.with(key, i);
      }
      assertThat(map.size()).isEqualTo(model.size());
      if (i == 2_500) {
        old = map;
        oldValues = List.copyOf(model.values());
      }
    }
    assertThat(map.values()).containsExactlyElementsOf(model.values());
    assertThat(old.values()).containsExactlyElementsOf(oldValues);
    for (int key = 0; key < 300; key++)
      assertThat(map.find(key)).isEqualTo(Optional.ofNullable(model.get(key)));
  }

  @Test
  void a_visit_begins_behind_a_key_and_ends_when_told() {
    OrderedMap<Integer, String> map = OrderedMap.empty();
    for (int i = 0; i < 100; i++) map = map.with(i, "v" + i);
    var seen = new ArrayList<Integer>();
    map.visitAfter(
        41,
        (key, _) -> {
          seen.add(key);
          return seen.size() < 3;
        });
    assertThat(seen).containsExactly(42, 43, 44);
  }
}
