package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.host.BlockDevices.Seen;
import dev.moorage.host.LoopDevices.Options;
import dev.moorage.host.Mounts.Mount;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/// What every body of [BlockDevices] keeps.
public abstract class BlockDevicesContract extends HostContract {
  private static final Bytes SIZE = Bytes.mebi(8);

  @Test
  void a_device_tells_its_size_while_something_is_attached() {
    play(() -> {
      var device = newDevice("a.img", SIZE);
      assertThat(host().blockDevices().look(device)).contains(new Seen(SIZE, false));
      host().loops().detach(device);
      assertThat(host().blockDevices().look(device)).isEmpty();
      assertThat(host().blockDevices().look("/dev/none-such")).isEmpty();
      assertThat(host().blockDevices().look(path("a.img"))).isEmpty();
    });
  }

  @Test
  void a_protected_device_refuses_writes_until_it_takes_them_again() {
    play(() -> {
      var device = newDevice("a.img", SIZE);
      host().blockDevices().protect(device, true);
      assertThat(host().blockDevices().look(device)).contains(new Seen(SIZE, true));
      host().blockDevices().protect(device, true);
      host().blockDevices().protect(device, false);
      assertThat(host().blockDevices().look(device)).contains(new Seen(SIZE, false));
    });
  }

  @Test
  void a_device_that_was_attached_for_reading_stays_so() {
    play(() -> {
      host().files().allocate(path("a.img"), SIZE);
      var loop = host().loops().attach(path("a.img"), Options.FENCED.forReading());
      assertThat(host().blockDevices().look(loop.device())).contains(new Seen(SIZE, true));
      host().blockDevices().protect(loop.device(), false);
      assertThat(host().blockDevices().look(loop.device())).contains(new Seen(SIZE, true));
    });
  }

  @Test
  void a_devices_node_bound_to_a_file_is_told_by_its_place() {
    play(() -> {
      var device = newDevice("a.img", SIZE);
      host().files().allocate(path("node"), Bytes.ZERO);
      host().mounts().bind(device, path("node"), true);
      var bound = host().mounts().at(path("node")).orElseThrow();
      var around =
          host().mounts().table().stream()
              .filter(mount -> device.startsWith(below(mount)))
              .max(Comparator.comparingInt(mount -> mount.target().length()))
              .orElseThrow();
      assertThat(bound.device()).isEqualTo(around.device());
      assertThat(bound.root())
          .endsWith("/" + device.substring(below(around).length()))
          .isEqualTo(
              (around.root().equals("/") ? "" : around.root())
                  + "/"
                  + device.substring(below(around).length()));
      assertThat(bound.readOnly()).isTrue();
      assertThat(host().files().look(path("node")).orElseThrow().sort())
          .isEqualTo(Files.Sort.BLOCK_DEVICE);
      assertThat(host().blockDevices().look(path("node"))).contains(new Seen(SIZE, false));
      host().mounts().unmount(path("node"));
      assertThat(host().files().look(path("node")).orElseThrow().size()).isEqualTo(Bytes.ZERO);
    });
  }

  private static String below(Mount mount) {
    return mount.target().equals("/") ? "/" : mount.target() + "/";
  }
}
