package dev.moorage.driver;

import static dev.moorage.driver.KitBench.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.BlockMetadata.Message;
import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedBlocksTest {
  private static final long SIZE_BYTES = SIZE.count();
  private static final List<Range> RANGES =
      List.of(new Range(0, 4096), new Range(8192, 8192), new Range(SIZE_BYTES - 4096, 4096));

  @Test
  void ranges_come_in_messages_with_the_size_of_the_volume() {
    withSnapshots(bench -> {
      assertThat(bench.call(allocated("snap_old", 0, 0)))
          .isEqualTo(new BlockMetadata(List.of(message(RANGES))));
      assertThat(bench.call(allocated("snap_old", 0, 2)))
          .isEqualTo(
              new BlockMetadata(
                  List.of(message(RANGES.subList(0, 2)), message(RANGES.subList(2, 3)))));
      assertThat(bench.call(delta("snap_old", "snap_new", 0)).ranges()).isEqualTo(RANGES);
    });
  }

  @Test
  void a_message_has_256_ranges_where_nothing_else_is_said() {
    withSnapshots(bench -> {
      bench.backend.ranges =
          IntStream.range(0, 300).mapToObj(i -> new Range(i * 8192L, 4096)).toList();
      var answer = bench.call(allocated("snap_old", 0, 0));
      assertThat(answer.messages())
          .extracting(message -> message.ranges().size())
          .containsExactly(256, 44);
      assertThat(answer.ranges()).isEqualTo(bench.backend.ranges);
    });
  }

  @Test
  void a_stream_goes_on_where_the_last_one_ended() {
    withSnapshots(bench -> {
      assertThat(bench.call(allocated("snap_old", 4095, 0)).ranges()).isEqualTo(RANGES);
      assertThat(bench.call(allocated("snap_old", 4096, 0)).ranges())
          .isEqualTo(RANGES.subList(1, 3));
      assertThat(bench.call(delta("snap_old", "snap_new", 10_000)).ranges())
          .isEqualTo(RANGES.subList(1, 3));
      assertThat(bench.call(allocated("snap_old", SIZE_BYTES, 0)))
          .isEqualTo(new BlockMetadata(List.of(message(List.of()))));
      bench.refused(Code.OUT_OF_RANGE, allocated("snap_old", SIZE_BYTES + 1, 0));
      bench.refused(Code.OUT_OF_RANGE, allocated("snap_old", -1, 0));
      bench.refused(Code.OUT_OF_RANGE, delta("snap_old", "snap_new", -1));
    });
  }

  @Test
  void only_an_older_snapshot_of_the_same_volume_is_a_base() {
    withSnapshots(bench -> {
      bench.refused(Code.INVALID_ARGUMENT, delta("snap_new", "snap_old", 0));
      bench.refused(Code.INVALID_ARGUMENT, delta("snap_other", "snap_new", 0));
    });
  }

  @Test
  void what_is_missing_or_unknown_is_told_apart() {
    withSnapshots(bench -> {
      bench.refused(Code.INVALID_ARGUMENT, allocated("", 0, 0));
      bench.refused(Code.INVALID_ARGUMENT, allocated("snap_old", 0, -1));
      bench.refused(Code.INVALID_ARGUMENT, delta("", "snap_new", 0));
      bench.refused(Code.INVALID_ARGUMENT, delta("snap_old", "", 0));
      bench.refused(Code.NOT_FOUND, allocated("snap_gone", 0, 0));
      bench.refused(Code.NOT_FOUND, delta("snap_gone", "snap_new", 0));
      bench.refused(Code.NOT_FOUND, delta("snap_old", "snap_gone", 0));
    });
  }

  private static void withSnapshots(Consumer<KitBench> story) {
    KitBench.play(bench -> {
      bench.backend.ranges = RANGES;
      bench.call(KitBench.volume("v"));
      bench.call(KitBench.volume("w"));
      bench.call(KitBench.snapshot("old", "v"));
      bench.call(KitBench.snapshot("other", "w"));
      bench.tasks.home().sleep(Duration.ofSeconds(1));
      bench.call(KitBench.snapshot("new", "v"));
      story.accept(bench);
    });
  }

  private static Message message(List<Range> ranges) {
    return new Message(BlockMetadata.Type.VARIABLE_LENGTH, SIZE, ranges);
  }

  private static GetMetadataAllocated allocated(String snapshot, long offset, int most) {
    return new GetMetadataAllocated(new SnapshotId(snapshot), offset, most, Secrets.NONE);
  }

  private static GetMetadataDelta delta(String base, String target, long offset) {
    return new GetMetadataDelta(
        new SnapshotId(base), new SnapshotId(target), offset, 0, Secrets.NONE);
  }
}
