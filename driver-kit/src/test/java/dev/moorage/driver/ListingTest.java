package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeHealth.Status;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a driver tells of its volumes: lists, nodes and health.
class ListingTest {
  private static final VolumeHealth.Entry DAMAGED =
      new VolumeHealth.Entry(Status.DATA_LOSS, "ImageDamaged", "2 blocks cannot be read");
  private static final VolumeHealth.Entry SLOW =
      new VolumeHealth.Entry(Status.DEGRADED, "Slow", "");

  @Test
  void a_volume_is_told_of_as_it_was_made() {
    KitBench.play(bench -> {
      var made = bench.call(KitBench.volume("v"));
      var source = new ContentSource.Volume(made.id());
      var copy = bench.call(KitBench.volume("w", source, CapacityRange.ANY));
      assertThat(bench.call(new ListVolumes(0, "")).entries())
          .extracting(ListVolumes.Entry::volume)
          .containsExactly(made, copy);
      assertThat(bench.call(new ControllerGetVolume(copy.id())).volume()).isEqualTo(copy);
      bench.refused(Code.NOT_FOUND, new ControllerGetVolume(new VolumeId("gone")));
      bench.refused(Code.INVALID_ARGUMENT, new ControllerGetVolume(new VolumeId("")));
    });
  }

  @Test
  void volumes_come_page_by_page_while_others_come_and_go() {
    KitBench.play(bench -> {
      for (var name : List.of("a", "b", "c", "d")) bench.call(KitBench.volume(name));
      var first = bench.call(new ListVolumes(2, ""));
      assertThat(ids(first)).containsExactly("a", "b");
      bench.call(KitBench.deleteVolume("b"));
      bench.call(KitBench.volume("aa"));
      bench.call(KitBench.volume("e"));
      assertThat(ids(bench.call(new ListVolumes(0, first.nextToken()))))
          .containsExactly("c", "d", "e");
      bench.refused(Code.ABORTED, new ListVolumes(0, "invalid-token"));
      bench.refused(Code.INVALID_ARGUMENT, new ListVolumes(-1, ""));
    });
  }

  private static List<String> ids(ListVolumes.Answer answer) {
    return answer.entries().stream().map(entry -> entry.volume().id().text()).toList();
  }

  @Test
  void nodes_are_told_of_where_a_volume_is_published() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("v"));
      bench.call(publish("node-a", KitBench.SHARED));
      bench.call(publish("node-b", KitBench.SHARED));
      assertThat(published(bench)).containsExactly("node-a", "node-b");
      bench.call(publish("node-b", KitBench.SHARED));
      bench.restart();
      assertThat(published(bench)).containsExactly("node-a", "node-b");
      bench.call(unpublish("node-a"));
      bench.call(unpublish("node-a"));
      assertThat(published(bench)).containsExactly("node-b");
      bench.call(publish("node-a", KitBench.SHARED));
      bench.call(unpublish(""));
      assertThat(published(bench)).isEmpty();
    });
  }

  @Test
  void a_volume_is_at_a_second_node_only_where_both_share_it() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("v"));
      bench.call(publish("node-a", KitBench.EXT4));
      assertThat(bench.refused(Code.FAILED_PRECONDITION, publish("node-b", KitBench.SHARED)))
          .hasMessageContaining("is published to node node-a");
      bench.refused(Code.ALREADY_EXISTS, publish("node-a", KitBench.SHARED));
      bench.call(unpublish(""));
      bench.call(publish("node-a", KitBench.SHARED));
      bench.refused(Code.FAILED_PRECONDITION, publish("node-b", KitBench.EXT4));
      bench.refused(Code.NOT_FOUND, publish("elsewhere", KitBench.SHARED));
    });
  }

  private static List<String> published(KitBench bench) {
    var listed = bench.call(new ListVolumes(0, "")).entries().getFirst();
    assertThat(bench.call(new ControllerGetVolume(listed.volume().id()))).isEqualTo(listed);
    return listed.published().stream().map(NodeId::text).toList();
  }

  private static ControllerPublishVolume publish(String node, VolumeCapability capability) {
    return new ControllerPublishVolume(
        new VolumeId("v"), new NodeId(node), capability, false, Secrets.NONE, Map.of());
  }

  private static ControllerUnpublishVolume unpublish(String node) {
    return new ControllerUnpublishVolume(new VolumeId("v"), new NodeId(node), Secrets.NONE);
  }

  @Test
  void health_is_a_condition_in_1_12() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("v"));
      assertThat(condition(bench)).contains(new VolumeCondition(false, "nothing adverse is known"));
      bench.backend.unwell.put("v", List.of(DAMAGED, SLOW));
      assertThat(condition(bench))
          .contains(new VolumeCondition(true, "ImageDamaged: 2 blocks cannot be read; Slow"));
      bench.refused(Code.UNIMPLEMENTED, health("v"));
      bench.refused(Code.UNIMPLEMENTED, new ControllerListVolumeHealth(0, "", Secrets.NONE));
    });
  }

  @Test
  void health_has_calls_of_its_own_in_1_13() {
    var bench = new KitBench();
    bench.version = CsiVersion.V1_13;
    bench.run(run -> {
      for (var name : List.of("a", "b", "c")) run.call(KitBench.volume(name));
      assertThat(run.call(health("b")).entries()).isEmpty();
      run.backend.unwell.put("b", List.of(DAMAGED));
      run.backend.unwell.put("c", List.of(SLOW));
      assertThat(run.call(health("b")))
          .isEqualTo(new VolumeHealth(new VolumeId("b"), List.of(DAMAGED)));
      var first = run.call(new ControllerListVolumeHealth(1, "", Secrets.NONE));
      assertThat(first.entries()).extracting(one -> one.volume().text()).containsExactly("b");
      var rest = run.call(new ControllerListVolumeHealth(1, first.nextToken(), Secrets.NONE));
      assertThat(rest.entries()).extracting(one -> one.volume().text()).containsExactly("c");
      assertThat(rest.nextToken()).isEmpty();
      run.refused(Code.NOT_FOUND, health("gone"));
      run.refused(Code.INVALID_ARGUMENT, health(""));
      assertThat(run.call(new ListVolumes(0, "")).entries())
          .allMatch(entry -> entry.condition().isEmpty());
    });
  }

  private static Optional<VolumeCondition> condition(KitBench bench) {
    return bench.call(new ControllerGetVolume(new VolumeId("v"))).condition();
  }

  private static ControllerGetVolumeHealth health(String volume) {
    return new ControllerGetVolumeHealth(new VolumeId(volume), Secrets.NONE);
  }
}
