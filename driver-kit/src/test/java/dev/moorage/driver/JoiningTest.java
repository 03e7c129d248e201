package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Secret;
import dev.moorage.base.Task;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What happens to a second call while the first one runs.
class JoiningTest {
  private static final Duration WORK = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void an_equal_call_waits_for_the_first_ones_answer() {
    var bench = slow();
    bench.run(run -> {
      var first = later(run, KitBench.volume("slow"));
      run.tasks.home().sleep(SHORT);
      var begun = run.tasks.now();
      var second = run.call(withSecrets(KitBench.volume("slow")));
      assertThat(Duration.between(begun, run.tasks.now())).isEqualTo(WORK.minus(SHORT));
      assertThat(second).isEqualTo(first.await());
      assertThat(((Slow) run.backend).made).isEqualTo(1);
    });
  }

  @Test
  void an_equal_call_hears_the_first_ones_refusal() {
    var bench = slow();
    bench.run(run -> {
      ((Slow) run.backend).fails = true;
      var first = run.tasks.home().start("first", () -> run.refused(Code.DATA_LOSS, create()));
      run.tasks.home().sleep(SHORT);
      run.refused(Code.DATA_LOSS, create());
      first.await();
      assertThat(((Slow) run.backend).made).isEqualTo(1);
      assertThat(run.files()).isEmpty();
    });
  }

  @Test
  void a_call_that_joins_waits_no_longer_than_its_own_deadline() {
    var bench = slow();
    bench.run(run -> {
      var first = later(run, create());
      run.tasks.home().sleep(SHORT);
      var begun = run.tasks.now();
      run.refused(Code.DEADLINE_EXCEEDED, create(), SHORT);
      assertThat(Duration.between(begun, run.tasks.now())).isEqualTo(SHORT);
      first.await();
    });
  }

  @Test
  void a_different_call_for_the_same_volume_is_refused_at_once() {
    var bench = slow();
    bench.run(run -> {
      var first = later(run, create());
      run.tasks.home().sleep(SHORT);
      var begun = run.tasks.now();
      var larger = CapacityRange.atLeast(KitBench.SIZE.plus(KitBench.SIZE));
      run.refused(Code.ABORTED, KitBench.volume("slow", new ContentSource.Empty(), larger));
      assertThat(run.refused(Code.ABORTED, KitBench.deleteVolume("slow")))
          .hasMessageContaining("CreateVolume of it is still running");
      run.refused(Code.ABORTED, KitBench.snapshot("one", "slow"));
      assertThat(run.tasks.now()).isEqualTo(begun);
      first.await();
    });
  }

  @Test
  void unrelated_volumes_never_wait() {
    var bench = slow();
    bench.run(run -> {
      run.call(KitBench.volume("source"));
      run.call(KitBench.snapshot("one", "source"));
      var first = later(run, create());
      run.tasks.home().sleep(SHORT);
      var begun = run.tasks.now();
      run.call(KitBench.volume("other"));
      run.call(KitBench.snapshot("two", "other"));
      run.call(KitBench.deleteVolume("other"));
      assertThat(run.tasks.now()).isEqualTo(begun);
      first.await();
    });
  }

  @Test
  void a_source_stays_while_it_is_copied_and_volumes_are_made_from_it_side_by_side() {
    var bench = slow();
    bench.run(run -> {
      run.call(KitBench.volume("source"));
      run.call(KitBench.snapshot("one", "source"));
      var from = new ContentSource.Snapshot(new SnapshotId("snap_one"));
      var first = later(run, KitBench.volume("slow", from, CapacityRange.ANY));
      run.tasks.home().sleep(SHORT);
      run.call(KitBench.volume("quick", from, CapacityRange.ANY));
      run.refused(Code.ABORTED, KitBench.deleteSnapshot("snap_one"));
      first.await();
      var clone = new ContentSource.Volume(first.await().id());
      run.call(KitBench.deleteVolume("slow"));
      run.refused(Code.NOT_FOUND, KitBench.volume("clone", clone, CapacityRange.ANY));
      var again =
          later(
              run,
              KitBench.volume("slow", new ContentSource.Volume(id("source")), CapacityRange.ANY));
      run.tasks.home().sleep(SHORT);
      run.refused(Code.ABORTED, KitBench.deleteVolume("source"));
      run.refused(Code.ABORTED, KitBench.snapshot("two", "source"));
      again.await();
      assertThat(run.call(KitBench.snapshot("two", "source"))).isInstanceOf(Snapshot.class);
    });
  }

  private static VolumeId id(String id) {
    return new VolumeId(id);
  }

  private static CreateVolume create() {
    return KitBench.volume("slow");
  }

  private static Task<Volume> later(KitBench bench, CreateVolume call) {
    return bench.tasks.home().start("first", () -> bench.call(call));
  }

  private static CreateVolume withSecrets(CreateVolume call) {
    return new CreateVolume(
        call.name(),
        call.capacity(),
        call.capabilities(),
        call.parameters(),
        new Secrets(Map.of("key", new Secret("other"))),
        call.source(),
        call.accessibility(),
        call.mutableParameters());
  }

  private static KitBench slow() {
    var bench = new KitBench();
    bench.backend = new Slow(bench);
    return bench;
  }

  /// Takes its time with the volume `slow`.
  private static final class Slow extends FullBackend {
    private final KitBench bench;
    private int made;
    private boolean fails;

    Slow(KitBench bench) {
      super(bench.host);
      this.bench = bench;
    }

    private void work(VolumeRecord volume) {
      if (!volume.name().equals("slow")) return;
      made++;
      bench.tasks.home().sleep(WORK);
      if (fails) throw new HostException(Errno.EIO, "it fails");
    }

    @Override
    public void create(VolumeRecord volume) {
      work(volume);
      super.create(volume);
    }

    @Override
    public void restore(VolumeRecord volume, SnapshotRecord source) {
      work(volume);
      super.restore(volume, source);
    }

    @Override
    public void copy(VolumeRecord volume, VolumeRecord source) {
      work(volume);
      super.copy(volume, source);
    }
  }
}
