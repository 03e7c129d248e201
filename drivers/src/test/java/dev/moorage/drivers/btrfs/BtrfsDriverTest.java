package dev.moorage.drivers.btrfs;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CLONE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_CAPACITY;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.host.HostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The driver on a simulated node.
class BtrfsDriverTest {
  private final SimNode node = new SimNode();
  private final Life life = SimNode.LIFE;

  private void write(String path, String text) {
    node.host.files().write(path, text);
  }

  @Test
  void it_says_what_it_can_and_nothing_else() {
    node.play(() ->
        assertThat(node.insist(new ControllerGetCapabilities()).capabilities())
            .contains(CREATE_DELETE_SNAPSHOT, CLONE_VOLUME, EXPAND_VOLUME, GET_CAPACITY)
            .doesNotContain(PUBLISH_UNPUBLISH_VOLUME));
  }

  @Test
  void pods_share_a_volume_each_in_its_way() {
    node.play(() -> {
      node.insist(life.create());
      node.insist(life.stage());
      node.insist(life.publish("pod-1", false));
      node.insist(life.publish("pod-2", true));
      write(life.target("pod-1") + "/file", "shared");
      assertThat(node.host.files().read(life.target("pod-2") + "/file")).contains("shared");
      assertThat(errnoOf(() -> write(life.target("pod-2") + "/file", "not mine")))
          .isEqualTo(HostException.Errno.EROFS);
      assertThat(node.refusal(Life.delete(Life.VOLUME))).isEqualTo(Code.FAILED_PRECONDITION);
    });
  }

  private static HostException.Errno errnoOf(Runnable act) {
    try {
      act.run();
      throw new AssertionError("it was done");
    } catch (HostException refused) {
      return refused.errno();
    }
  }

  @Test
  void a_volume_tells_how_full_it_is_and_grows_at_once() {
    node.play(() -> {
      node.insist(life.create());
      node.insist(life.stage());
      node.insist(life.publish("pod-1", false));
      node.host.files().allocate(life.target("pod-1") + "/file", Bytes.mebi(60));
      var before = node.insist(life.stats("pod-1")).usage().getFirst();
      assertThat(before.unit()).isEqualTo(Unit.BYTES);
      assertThat(before.total()).isEqualTo(Life.SIZE.count());
      assertThat(before.used()).isEqualTo(Bytes.mebi(60).count());
      assertThat(before.available()).isEqualTo(Bytes.mebi(4).count());
      var grown = node.insist(life.expand());
      assertThat(grown.capacity()).isEqualTo(Life.LARGER);
      assertThat(grown.nodeExpansionRequired()).isFalse();
      var after = node.insist(life.stats("pod-1")).usage().getFirst();
      assertThat(after.total()).isEqualTo(Life.LARGER.count());
    });
  }

  @Test
  void a_snapshot_and_a_clone_have_the_content_of_their_moment() {
    node.play(() -> {
      node.insist(life.create());
      node.insist(life.stage());
      node.insist(life.publish("pod-1", false));
      write(life.target("pod-1") + "/file", "first");
      var snapshot = node.insist(life.snapshot());
      assertThat(snapshot.id()).isEqualTo(Life.SNAPSHOT);
      assertThat(snapshot.size()).isEqualTo(Life.SIZE);
      write(life.target("pod-1") + "/file", "second");
      node.insist(life.copy());
      node.insist(life.restore());
      write(life.target("pod-1") + "/file", "third");
      var volumes = SimNode.STATE + "/pool/volumes/";
      assertThat(node.host.files().read(volumes + "restored/file")).contains("first");
      assertThat(node.host.files().read(volumes + "cloned/file")).contains("second");
    });
  }

  @Test
  void every_byte_that_it_promises_is_accounted_for() {
    node.play(() -> {
      long before = available();
      node.insist(life.create());
      assertThat(available()).isEqualTo(before - Life.SIZE.count());
      node.insist(life.snapshot());
      assertThat(available()).isEqualTo(before - 2 * Life.SIZE.count());
      var tooMuch =
          Life.create(
              Life.CLONED, new Bytes(available() + 1), new ContentSource.Volume(Life.VOLUME));
      assertThat(node.refusal(tooMuch)).isEqualTo(Code.RESOURCE_EXHAUSTED);
      node.insist(life.deleteSnapshot());
      node.insist(Life.delete(Life.VOLUME));
      assertThat(available()).isEqualTo(before);
    });
  }

  private long available() {
    return node.insist(new GetCapacity(List.of(), Map.of(), Topology.NONE)).available().count();
  }

  @Test
  void a_raw_block_device_or_another_filesystem_is_refused() {
    node.play(() -> {
      var block = new VolumeCapability(new Access.Block(), AccessMode.SINGLE_NODE_WRITER);
      assertThat(node.refusal(wish(block))).isEqualTo(Code.INVALID_ARGUMENT);
      var xfs = VolumeCapability.mount("xfs", AccessMode.SINGLE_NODE_WRITER);
      assertThat(node.refusal(wish(xfs))).isEqualTo(Code.INVALID_ARGUMENT);
    });
  }

  private static CreateVolume wish(VolumeCapability capability) {
    return new CreateVolume(
        "a",
        CapacityRange.atLeast(Life.SIZE),
        List.of(capability),
        Map.of(),
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }
}
