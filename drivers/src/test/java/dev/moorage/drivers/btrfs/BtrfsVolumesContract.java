package dev.moorage.drivers.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.SnapshotRecord;
import dev.moorage.driver.Use;
import dev.moorage.driver.VolumeRecord;
import dev.moorage.driver.VolumeRecord.Asked;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.drivers.pool.Kind;
import dev.moorage.drivers.pool.Pool;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What the backend does on a simulated host and on a real kernel alike.
abstract class BtrfsVolumesContract {
  static final Bytes SIZE = Bytes.mebi(64);
  static final Bytes LARGER = Bytes.mebi(96);

  /// What the filesystem may need to find a few files.
  static final Bytes LITTLE = new Bytes(64 * 1024);

  abstract Host host();

  /// A folder for the driver's state, the same during one test.
  abstract String state();

  /// Plays a story, in a task where waiting needs one.
  abstract void play(Runnable story);

  /// A backend that has just been started.
  final BtrfsVolumes started(VolumeRecord... known) {
    var settings = BtrfsDriver.Settings.of("1", "node-a", state());
    var pool = new Pool(host(), new Pool.Settings(state(), Bytes.mebi(512), Kind.BTRFS));
    var volumes = new BtrfsVolumes(host(), pool, settings);
    volumes.open(List.of(known), List.of());
    return volumes;
  }

  static VolumeRecord volume(String id, Bytes size) {
    var use = new Use("btrfs", AccessMode.MULTI_NODE_MULTI_WRITER);
    var asked = Asked.empty(List.of(use), Map.of());
    return new VolumeRecord(new VolumeId(id), id, size, asked, new State.Ready(List.of()));
  }

  static SnapshotRecord snapshot(String id, VolumeRecord source) {
    var ready = new SnapshotRecord.State.Ready(GroupSnapshotId.NONE);
    return new SnapshotRecord(new SnapshotId(id), id, source, Instant.EPOCH, Map.of(), ready);
  }

  final void refuses(Errno errno, ThrowingCallable call) {
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(call)
        .extracting(HostException::errno)
        .isEqualTo(errno);
  }

  final Bytes used(BtrfsVolumes volumes, VolumeRecord volume) {
    host().filesystems().sync(state() + "/pool");
    return volumes.usage(volume.id()).used();
  }

  @Test
  void a_volume_is_a_folder_that_takes_as_much_as_its_size() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      assertThat(volumes.exists(volume.id())).isFalse();
      assertThat(volumes.folder(volume.id())).isEmpty();
      refuses(Errno.EIO, () -> volumes.connect(volume.id()));
      volumes.create(volume);
      var folder = volumes.connect(volume.id());
      assertThat(volumes.folder(volume.id())).contains(folder);
      host().files().allocate(folder + "/file", Bytes.mebi(60));
      refuses(Errno.EDQUOT, () -> host().files().allocate(folder + "/more", Bytes.mebi(5)));
      var usage = volumes.usage(volume.id());
      assertThat(usage.total()).isEqualTo(SIZE);
      assertThat(used(volumes, volume)).isBetween(Bytes.mebi(60), Bytes.mebi(60).plus(LITTLE));
      assertThat(volumes.usage(volume.id()).available())
          .isBetween(Bytes.mebi(4).minusAtMost(LITTLE), Bytes.mebi(4));
      assertThat(volumes.health(volume)).isEmpty();
    });
  }

  @Test
  void a_volume_grows_while_it_is_used() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      volumes.create(volume);
      var folder = volumes.connect(volume.id());
      host().files().allocate(folder + "/file", Bytes.mebi(60));
      volumes.expand(volume, LARGER);
      volumes.expand(volume, LARGER);
      assertThat(volumes.usage(volume.id()).total()).isEqualTo(LARGER);
      host().files().allocate(folder + "/more", Bytes.mebi(30));
      refuses(Errno.EDQUOT, () -> host().files().allocate(folder + "/last", Bytes.mebi(8)));
    });
  }

  @Test
  void a_snapshot_keeps_its_content_whatever_becomes_of_the_volume() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      var snapshot = snapshot("s", volume);
      volumes.create(volume);
      var folder = volumes.connect(volume.id());
      host().files().write(folder + "/file", "before");
      volumes.cut(snapshot, volume);
      host().files().write(folder + "/file", "after");
      volumes.delete(volume);
      volumes.restore(volume("b", LARGER), snapshot);
      volumes.delete(snapshot);
      volumes.delete(snapshot);
      var restored = volumes.connect(new VolumeId("b"));
      assertThat(host().files().read(restored + "/file")).contains("before");
      host().files().write(restored + "/file", "mine");
      assertThat(volumes.usage(new VolumeId("b")).total()).isEqualTo(LARGER);
    });
  }

  @Test
  void a_clone_counts_what_it_has_from_its_source() {
    play(() -> {
      var volumes = started();
      var source = volume("a", SIZE);
      var clone = volume("b", SIZE);
      volumes.create(source);
      host().files().allocate(volumes.connect(source.id()) + "/file", Bytes.mebi(60));
      volumes.copy(clone, source);
      assertThat(used(volumes, clone)).isEqualTo(used(volumes, source));
      var folder = volumes.connect(clone.id());
      refuses(Errno.EDQUOT, () -> host().files().allocate(folder + "/more", Bytes.mebi(5)));
      host().files().removeFile(folder + "/file");
      assertThat(used(volumes, source)).isGreaterThanOrEqualTo(Bytes.mebi(60));
      assertThat(used(volumes, clone)).isLessThan(LITTLE);
    });
  }

  @Test
  void what_is_deleted_gives_its_space_back() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      var before = host().filesystems().usage(state() + "/pool").used();
      volumes.create(volume);
      host().files().allocate(volumes.connect(volume.id()) + "/file", Bytes.mebi(60));
      volumes.delete(volume);
      volumes.delete(volume);
      assertThat(volumes.exists(volume.id())).isFalse();
      var after = host().filesystems().usage(state() + "/pool").used();
      assertThat(after.minusAtMost(before)).isLessThan(Bytes.mebi(1));
    });
  }

  @Test
  void a_volume_that_is_shown_stays() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      volumes.create(volume);
      host().files().makeFolder(state() + "/target", 0750);
      host().mounts().bind(volumes.connect(volume.id()), state() + "/target", false);
      refuses(Errno.EBUSY, () -> volumes.delete(volume));
      host().mounts().unmount(state() + "/target");
      host().files().removeFolder(state() + "/target");
      volumes.delete(volume);
    });
  }

  @Test
  void what_a_crash_left_is_never_given_out() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      var snapshot = snapshot("s", volume);
      volumes.create(volume);
      host().files().write(volumes.connect(volume.id()) + "/file", "left over");
      volumes.cut(snapshot, volume);
      var again = started(volume);
      again.create(volume);
      assertThat(host().files().names(again.connect(volume.id()))).isEmpty();
      again.cut(snapshot, volume);
      again.restore(volume("b", SIZE), snapshot);
      assertThat(host().files().names(again.connect(new VolumeId("b")))).isEmpty();
    });
  }

  @Test
  void the_account_has_room_for_what_was_promised() {
    play(() -> {
      var free = started().available();
      var volumes = started(volume("a", SIZE));
      assertThat(volumes.available()).isEqualTo(free.minusAtMost(SIZE));
      assertThat(volumes.reserve("b", free)).isFalse();
      assertThat(volumes.reserve("b", free.minusAtMost(SIZE))).isTrue();
      volumes.release("a");
      assertThat(volumes.available()).isEqualTo(SIZE);
    });
  }

  @Test
  void its_health_tells_of_what_is_not_kept_to_the_size() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      assertThat(volumes.health(volume))
          .extracting(VolumeHealth.Entry::status)
          .containsExactly(VolumeHealth.Status.DATA_LOSS);
      volumes.create(volume);
      assertThat(volumes.health(volume)).isEmpty();
      host().subvolumes().create(volumes.connect(volume.id()) + "/inside");
      assertThat(volumes.health(volume))
          .extracting(VolumeHealth.Entry::reason)
          .containsExactly("SubvolumesInside");
      assertThat(volumes.storageHealth()).isEmpty();
      volumes.delete(volume);
      volumes.close();
      assertThat(volumes.storageHealth()).hasSize(1);
    });
  }

  @Test
  void it_ends_and_starts_with_everything_there() {
    play(() -> {
      var volumes = started();
      var volume = volume("a", SIZE);
      volumes.create(volume);
      host().files().write(volumes.connect(volume.id()) + "/file", "kept");
      volumes.close();
      assertThat(host().mounts().at(state() + "/pool")).isEmpty();
      var again = started(volume);
      var folder = again.connect(volume.id());
      assertThat(host().files().read(folder + "/file")).contains("kept");
      assertThat(again.usage(volume.id()).total()).isEqualTo(SIZE);
      refuses(Errno.EDQUOT, () -> host().files().allocate(folder + "/more", Bytes.mebi(65)));
    });
  }
}
