package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import org.junit.jupiter.api.Test;

/// What every body of [LoopDevices] keeps.
public abstract class LoopDevicesContract extends HostContract {
  private static final Bytes SIZE = Bytes.mebi(8);

  @Test
  void an_attached_image_is_a_device_of_its_size() {
    play(() -> {
      host().files().allocate(path("a.img"), SIZE);
      var loop = host().loops().attach(path("a.img"), Options.FENCED);
      assertThat(loop.device()).startsWith("/dev/loop");
      assertThat(loop.image()).isEqualTo(path("a.img"));
      assertThat(loop.size()).isEqualTo(SIZE);
      assertThat(host().loops().all()).contains(loop);
      assertThat(host().loops().over(path("a.img"))).containsExactly(loop);
      assertThat(host().loops().first(path("a.img"))).contains(loop);
      assertThat(host().files().look(loop.device()).orElseThrow().sort())
          .isEqualTo(Files.Sort.BLOCK_DEVICE);
    });
  }

  @Test
  void images_do_not_share_a_device() {
    play(() -> {
      String one = newDevice("a.img", SIZE);
      String two = newDevice("b.img", SIZE);
      assertThat(one).isNotEqualTo(two);
      assertThat(host().loops().first(path("b.img")).orElseThrow().device()).isEqualTo(two);
      assertThat(host().loops().over(path("none.img"))).isEmpty();
    });
  }

  @Test
  void an_image_must_be_there() {
    play(
        () -> refuses(Errno.ENOENT, () -> host().loops().attach(path("none.img"), Options.FENCED)));
  }

  @Test
  void a_fenced_image_is_attached_once_until_it_is_detached() {
    play(() -> {
      String device = newDevice("a.img", SIZE);
      refuses(Errno.EAGAIN, () -> host().loops().attach(path("a.img"), Options.FENCED));
      assertThat(host().files().lock(path("a.img"))).isEmpty();
      host().loops().detach(device);
      assertThat(host().loops().over(path("a.img"))).isEmpty();
      var again = host().loops().attach(path("a.img"), Options.FENCED);
      host().loops().detach(again.device());
      host().files().lock(path("a.img")).orElseThrow().close();
    });
  }

  @Test
  void a_lock_on_the_image_fences_it_too() {
    play(() -> {
      host().files().allocate(path("a.img"), SIZE);
      try (var _ = host().files().lock(path("a.img")).orElseThrow()) {
        refuses(Errno.EAGAIN, () -> host().loops().attach(path("a.img"), Options.FENCED));
      }
      assertThat(loopsHere()).isEmpty();
    });
  }

  @Test
  void detaching_needs_an_attached_device_that_nobody_uses() {
    play(() -> {
      String device = newExt4("a.img");
      String target = mounted(device, "a");
      refuses(Errno.EBUSY, () -> host().loops().detach(device));
      assertThat(host().loops().first(path("a.img"))).isPresent();
      host().mounts().unmount(target);
      host().loops().detach(device);
      refuses(Errno.ENXIO, () -> host().loops().detach(device));
    });
  }

  @Test
  void a_device_sees_its_files_new_size_when_told() {
    play(() -> {
      String device = newDevice("a.img", SIZE);
      host().files().allocate(path("a.img"), Bytes.mebi(12));
      assertThat(host().loops().first(path("a.img")).orElseThrow().size()).isEqualTo(SIZE);
      host().loops().refresh(device);
      assertThat(host().loops().first(path("a.img")).orElseThrow().size())
          .isEqualTo(Bytes.mebi(12));
    });
  }

  @Test
  void a_device_takes_discards_where_it_was_told_to() {
    play(() -> {
      host().files().allocate(path("a.img"), SIZE);
      for (boolean taken : new boolean[] {false, true, false, true}) {
        var loop = host().loops().attach(path("a.img"), Options.FENCED.withDiscard(taken));
        assertThat(loop.discard()).isEqualTo(taken);
        host().loops().detach(loop.device());
      }
      var loop = host().loops().attach(path("a.img"), Options.FENCED.withDiscard(true));
      host().loops().refuseDiscards(loop.device());
      assertThat(host().loops().first(path("a.img")).orElseThrow().discard()).isFalse();
    });
  }

  @Test
  void only_an_attached_device_is_flushed() {
    play(() -> {
      String device = newDevice("a.img", SIZE);
      host().loops().flush(device);
      host().loops().detach(device);
      refuses(Errno.ENXIO, () -> host().loops().flush(device));
    });
  }

  @Test
  void a_removed_image_is_named_as_deleted() {
    play(() -> {
      String device = newDevice("a.img", SIZE);
      host().files().removeFile(path("a.img"));
      assertThat(loopsHere())
          .extracting(LoopDevices.Loop::image)
          .containsExactly(path("a.img") + " (deleted)");
      assertThat(host().loops().over(path("a.img"))).isEmpty();
      host().loops().detach(device);
      assertThat(loopsHere()).isEmpty();
    });
  }
}
