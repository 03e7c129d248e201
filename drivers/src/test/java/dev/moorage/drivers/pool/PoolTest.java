package dev.moorage.drivers.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import dev.moorage.host.sim.SimHost;
import org.junit.jupiter.api.Test;

class PoolTest {
  private static final String STATE = "/var/lib/pool";

  private final SimHost host =
      new SimHost(SimTasks.plain(), "node-a", SimHost.Settings.usual().withDisk(Bytes.gibi(4)));

  @Test
  void a_pool_is_allocated_in_full_and_most_of_it_is_for_volumes() {
    var pool = open(Bytes.gibi(2));
    var image = host.files().look(STATE + "/pool.img").orElseThrow();
    assertThat(image.allocated()).isEqualTo(Bytes.gibi(2));
    assertThat(host.mounts().at(STATE + "/pool").orElseThrow().fsType()).isEqualTo("xfs");
    assertThat(pool.free()).isGreaterThan(Bytes.mebi(1800)).isLessThan(Bytes.gibi(2));
    assertThat(pool.directIo()).isTrue();
  }

  @Test
  void a_host_with_less_room_is_told_with_both_numbers_and_keeps_nothing() {
    var refused = refusal(Bytes.gibi(5));
    assertThat(refused.errno()).isEqualTo(Errno.ENOSPC);
    assertThat(refused)
        .hasMessageStartingWith("a pool of 5Gi needs as much space in /var/lib/pool, free is ")
        .hasMessageContaining("choose a smaller pool-size");
    assertThat(host.files().look(STATE + "/pool.img")).isEmpty();
    assertThat(host.loops().all()).isEmpty();
    assertThat(open(Bytes.gibi(2)).free()).isGreaterThan(Bytes.gibi(1));
  }

  @Test
  void somebodys_image_is_not_taken() {
    host.files().makeFolder(STATE, 0750);
    host.files().write(STATE + "/pool.img", "precious");
    assertThat(refusal(Bytes.gibi(2)).errno()).isEqualTo(Errno.EEXIST);
    assertThat(host.files().read(STATE + "/pool.img")).contains("precious");
  }

  @Test
  void a_pool_that_lost_its_image_is_not_made_anew() {
    open(Bytes.gibi(2)).close();
    host.files().removeFile(STATE + "/pool.img");
    assertThat(refusal(Bytes.gibi(2)).errno()).isEqualTo(Errno.EIO);
  }

  @Test
  void a_pool_is_found_as_it_was_left() {
    var first = open(Bytes.gibi(2));
    host.files().write(first.folder() + "/a.img", "kept");
    var free = first.free();
    check(open(Bytes.gibi(2)), free); // mounted
    host.mounts().unmount(STATE + "/pool");
    check(open(Bytes.gibi(2)), free); // attached
    open(Bytes.gibi(2)).close();
    check(open(Bytes.gibi(3)), free); // an image, which keeps its size
    host.powerCut();
    check(open(Bytes.gibi(2)), free);
  }

  private void check(Pool pool, Bytes free) {
    assertThat(host.files().read(pool.folder() + "/a.img")).contains("kept");
    assertThat(pool.free()).isEqualTo(free);
    assertThat(host.loops().all()).hasSize(1);
  }

  @Test
  void something_else_at_its_place_is_left_there() {
    host.files().makeFolder(STATE + "/pool", 0750);
    host.mounts().bind("/tmp", STATE + "/pool", false);
    assertThat(refusal(Bytes.gibi(2)).errno()).isEqualTo(Errno.EBUSY);
    host.mounts().unmount(STATE + "/pool");
    assertThat(open(Bytes.gibi(2)).free()).isGreaterThan(Bytes.gibi(1));
  }

  @Test
  void closing_needs_that_no_volume_is_attached_and_may_be_repeated() {
    var pool = open(Bytes.gibi(2));
    host.files().allocate(pool.folder() + "/a.img", Bytes.mebi(1));
    var device = host.loops().attach(pool.folder() + "/a.img", Options.FENCED).device();
    var busy = catchThrowableOfType(HostException.class, pool::close);
    assertThat(busy.errno()).isEqualTo(Errno.EBUSY);
    assertThat(host.mounts().at(STATE + "/pool")).isPresent();
    host.loops().detach(device);
    pool.close();
    pool.close();
    assertThat(host.loops().all()).isEmpty();
  }

  @Test
  void settings_that_cannot_be_are_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pool.Settings(STATE, Bytes.mebi(511)))
        .withMessage("setting pool-size is below 512Mi: 511Mi");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pool.Settings("pool", Bytes.gibi(1)))
        .withMessage("setting state-dir is not absolute: pool");
  }

  private HostException refusal(Bytes size) {
    return catchThrowableOfType(HostException.class, () -> open(size));
  }

  private Pool open(Bytes size) {
    var pool = new Pool(host, new Pool.Settings(STATE, size));
    pool.open();
    return pool;
  }
}
