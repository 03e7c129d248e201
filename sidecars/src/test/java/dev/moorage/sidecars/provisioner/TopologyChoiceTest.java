package dev.moorage.sidecars.provisioner;

import static dev.moorage.sidecars.Given.DRIVER;
import static dev.moorage.sidecars.Given.csiNode;
import static dev.moorage.sidecars.Given.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.sidecars.provisioner.Provisioner.TopologyRules;
import dev.moorage.sidecars.provisioner.TopologyChoice.Chosen;
import dev.moorage.sidecars.provisioner.TopologyChoice.NoSuchNode;
import dev.moorage.sidecars.provisioner.TopologyChoice.Places;
import dev.moorage.sidecars.provisioner.TopologyChoice.Unavailable;
import dev.moorage.sidecars.provisioner.TopologyChoice.Wish;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyChoiceTest {
  private static final TopologyRules LOOSE = new TopologyRules(false, true);
  private static final TopologyRules STRICT = new TopologyRules(true, true);
  private static final TopologyRules NOT_AT_ONCE = new TopologyRules(false, false);
  private static final List<Map<String, List<String>>> ANY = List.of();
  private static final Places ABC =
      new Places(
          List.of(csiNode("n1", "zone"), csiNode("n2", "zone"), csiNode("n3", "zone")),
          List.of(
              node("n1", Map.of("zone", "c")),
              node("n2", Map.of("zone", "b")),
              node("n3", Map.of("zone", "a")),
              node("n4", Map.of("zone", "a")),
              node("n5", Map.of())));

  @Test
  void a_late_claim_may_use_all_places_and_prefers_its_node() {
    check(wish("pvc", "n2", ANY), LOOSE, places("a", "b", "c"), places("b", "c", "a"));
  }

  @Test
  void a_strict_late_claim_may_use_its_node_alone() {
    check(wish("pvc", "n2", ANY), STRICT, places("b"), places("b"));
    check(wish("pvc", "n2", allowed("c", "b")), STRICT, places("b"), places("b"));
  }

  @Test
  void allowed_topologies_replace_the_nodes() {
    check(wish("pvc", "n2", allowed("c", "b")), LOOSE, places("b", "c"), places("b", "c"));
    check(wish("pvc", "n1", allowed("c", "b")), LOOSE, places("b", "c"), places("c", "b"));
    check(wish("testset-1", "", allowed("b")), NOT_AT_ONCE, places("b"), places("b"));
  }

  @Test
  void claims_that_bind_at_once_are_spread_by_their_name() {
    // 1959470013, the hash of "data", is a multiple of 3.
    check(wish("data-0", "", ANY), LOOSE, places("a", "b", "c"), places("a", "b", "c"));
    check(wish("data-1", "", ANY), LOOSE, places("a", "b", "c"), places("b", "c", "a"));
    check(wish("data-2", "", ANY), LOOSE, places("a", "b", "c"), places("c", "a", "b"));
  }

  @Test
  void claims_that_bind_at_once_may_leave_it_to_the_driver() {
    assertThat(TopologyChoice.of(wish("pvc", "", ANY), NOT_AT_ONCE, ABC))
        .isEqualTo(new Chosen(TopologyRequirement.NONE));
  }

  @Test
  void a_node_without_the_driver_is_given_up() {
    assertThat(TopologyChoice.of(wish("pvc", "n4", ANY), LOOSE, ABC))
        .isInstanceOf(NoSuchNode.class);
    var vanished = new Places(List.of(csiNode("n1", "zone")), List.of());
    assertThat(TopologyChoice.of(wish("pvc", "n1", ANY), LOOSE, vanished))
        .isInstanceOf(NoSuchNode.class);
  }

  @Test
  void a_node_that_lacks_a_label_is_waited_for() {
    var early = new Places(List.of(csiNode("n5", "zone")), List.of(node("n5", Map.of())));
    assertThat(TopologyChoice.of(wish("pvc", "n5", ANY), LOOSE, early))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void a_node_outside_the_allowed_topologies_is_refused() {
    for (var rules : List.of(LOOSE, STRICT))
      assertThat(TopologyChoice.of(wish("pvc", "n1", allowed("a")), rules, ABC))
          .isInstanceOf(Unavailable.class);
  }

  @Test
  void no_node_at_all_is_no_place() {
    assertThat(TopologyChoice.of(wish("pvc", "", ANY), LOOSE, new Places(List.of(), List.of())))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void several_keys_are_combined() {
    List<Map<String, List<String>>> allowed =
        List.of(Map.of("zone", List.of("a", "b"), "rack", List.of("1")), Map.of());
    check(
        wish("pvc-3", "", allowed),
        LOOSE,
        List.of(place("rack", "1", "zone", "a"), place("rack", "1", "zone", "b")),
        List.of(place("rack", "1", "zone", "b"), place("rack", "1", "zone", "a")));
  }

  @Test
  void names_hash_as_the_official_provisioner_hashes_them() {
    assertThat(TopologyChoice.fnv1("testset")).isEqualTo(1633848515L);
    assertThat(TopologyChoice.fnv1("web")).isEqualTo(1181096325L);
    assertThat(TopologyChoice.spread("data-web-2")).isEqualTo(1181096325L + 2);
    assertThat(TopologyChoice.spread("pvc-1")).isEqualTo(964120306L + 1);
    assertThat(TopologyChoice.spread("pvc-x")).isEqualTo(TopologyChoice.fnv1("pvc-x"));
    assertThat(TopologyChoice.spread("pvc-99999999999")).isPositive();
  }

  private static void check(
      Wish wish, TopologyRules rules, List<Topology> requisite, List<Topology> preferred) {
    assertThat(TopologyChoice.of(wish, rules, ABC))
        .isEqualTo(new Chosen(new TopologyRequirement(requisite, preferred)));
  }

  private static Wish wish(String claim, String node, List<Map<String, List<String>>> allowed) {
    return new Wish(DRIVER, claim, node, allowed);
  }

  private static List<Map<String, List<String>>> allowed(String... zones) {
    return List.of(Map.of("zone", List.of(zones)));
  }

  private static List<Topology> places(String... zones) {
    return List.of(zones).stream().map(zone -> place("zone", zone)).toList();
  }

  private static Topology place(String... pairs) {
    var segments = new java.util.TreeMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) segments.put(pairs[i], pairs[i + 1]);
    return new Topology(segments);
  }
}
