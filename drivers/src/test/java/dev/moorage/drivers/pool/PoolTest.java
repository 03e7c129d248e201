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
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {
  private static final String STATE = "/var/lib/pool";
  private static final Bytes STEP = Bytes.mebi(100);

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
  void a_pool_that_another_process_made_larger_has_more_room_without_a_restart() {
    var pool = open(Bytes.gibi(1));
    var before = pool.usable();
    assertThat(pool.reserve("large", before.plus(Bytes.mebi(500)))).isFalse();
    var other = Pool.at(host, STATE).orElseThrow();
    other.open();
    other.grow(Bytes.gibi(2));
    assertThat(pool.reserve("large", before.plus(Bytes.mebi(500)))).isTrue();
    assertThat(pool.usable()).isEqualTo(other.usable()).isGreaterThan(before);
  }

  @Test
  void there_is_no_pool_where_none_was_made() {
    assertThat(Pool.at(host, STATE)).isEmpty();
    host.files().makeFolder(STATE, 0750);
    host.files().allocate(STATE + "/pool.img", Bytes.mebi(512)); // somebody's
    assertThat(Pool.at(host, STATE)).isEmpty();
    assertThat(host.files().names(STATE)).containsExactly("pool.img");
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
  void a_pool_grows_while_it_is_used_and_keeps_what_it_promised() {
    var pool = open(Bytes.gibi(1));
    assertThat(pool.reserve("a", Bytes.mebi(500))).isTrue();
    var free = pool.free();
    pool.grow(Bytes.gibi(2));
    assertThat(pool.free().minusAtMost(free)).isBetween(Bytes.mebi(1000), Bytes.gibi(1));
    assertThat(pool.check()).isEmpty();
    free = pool.free();
    pool.grow(Bytes.gibi(1));
    assertThat(pool.free()).isEqualTo(free);
    var refused = catchThrowableOfType(HostException.class, () -> pool.grow(Bytes.gibi(9)));
    assertThat(refused.errno()).isEqualTo(Errno.ENOSPC);
    assertThat(refused).hasMessageStartingWith("a pool of 9Gi needs 7Gi more in /var/lib/pool");
  }

  @Test
  void a_growth_that_was_interrupted_is_finished_by_the_next_start() {
    var free = open(Bytes.gibi(1)).free();
    for (var what : List.of("allocate", "loop refresh", "grow", "ledger put")) {
      var pool = open(Bytes.gibi(1));
      int call = what.equals("ledger put") ? 2 : 1;
      host.faults().fail(what, "", call, Errno.EIO);
      var larger = host.files().look(STATE + "/pool.img").orElseThrow().size().plus(STEP);
      assertThat(catchThrowableOfType(HostException.class, () -> pool.grow(larger))).isNotNull();
      var grown = open(Bytes.gibi(1)).free();
      assertThat(grown.minusAtMost(free)).as(what).isBetween(Bytes.mebi(98), STEP);
      free = grown;
    }
  }

  @Test
  void what_is_wrong_with_a_pool_is_told() {
    var pool = open(Bytes.gibi(1));
    assertThat(pool.check()).isEmpty();
    pool.hold("a", pool.usable().minusAtMost(Bytes.mebi(10)));
    assertThat(pool.check()).singleElement().asString().contains("10Mi left");
    pool.release("a");
    pool.close();
    host.files().removeFile(STATE + "/pool.img");
    assertThat(pool.check())
        .containsExactly(
            "the pool's image /var/lib/pool/pool.img is gone",
            "the pool is not mounted at /var/lib/pool/pool");
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
