package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.host.Files.Extent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentsTest {
  private static final long END = 100;
  private static final Extent HEAD = new Extent(0, 40, 1000, true);
  private static final Extent TAIL = new Extent(60, 40, 2000, true);

  @Test
  void what_is_written_is_told_up_to_the_files_end() {
    written(List.of());
    written(List.of(HEAD, TAIL), new Range(0, 40), new Range(60, 40));
    written(List.of(new Extent(80, 40, 1, true)), new Range(80, 20));
    written(List.of(new Extent(100, 40, 1, true)));
  }

  @Test
  void what_is_only_allocated_reads_as_zeros() {
    written(List.of(new Extent(0, 50, 1, false), new Extent(50, 10, 51, true)), new Range(50, 10));
  }

  @Test
  void neighbours_are_one_range() {
    written(List.of(HEAD, new Extent(40, 20, 5000, true), TAIL), new Range(0, 100));
  }

  @Test
  void the_same_place_is_the_same_content_however_it_is_cut() {
    differ(List.of(HEAD, TAIL), List.of(HEAD, TAIL));
    differ(List.of(HEAD), List.of(new Extent(0, 10, 1000, true), new Extent(10, 30, 1010, true)));
  }

  @Test
  void another_place_is_a_difference_and_so_is_a_hole() {
    differ(
        List.of(HEAD, TAIL),
        List.of(new Extent(0, 10, 1000, true), new Extent(10, 10, 7000, true), TAIL),
        new Range(10, 30));
    differ(List.of(TAIL), List.of(HEAD, TAIL), new Range(0, 40));
    differ(List.of(HEAD, TAIL), List.of(TAIL), new Range(0, 40));
    differ(List.of(new Extent(0, 40, 9, false)), List.of());
  }

  private static void written(List<Extent> extents, Range... expected) {
    assertThat(Extents.written(extents, END)).containsExactly(expected);
  }

  private static void differ(List<Extent> base, List<Extent> target, Range... expected) {
    assertThat(Extents.differences(base, target, END)).containsExactly(expected);
  }
}
