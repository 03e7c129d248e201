package dev.moorage.drivers.loop;

import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.host.Files.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Tells by the places of files' blocks where they hold data, and where they differ.
final class Extents {
  /// In place of a physical one: it reads as zeros.
  private static final long NOWHERE = -1;

  private Extents() {}

  /// The parts of a file that were written.
  ///
  /// @param end the file's size
  static List<Range> written(List<Extent> extents, long end) {
    return differences(List.of(), extents, end);
  }

  /// The parts where two files have different blocks. One block is never overwritten while two
  /// files share it, so the same place means the same content.
  ///
  /// @param end the second file's size
  static List<Range> differences(List<Extent> base, List<Extent> target, long end) {
    var bounds = bounds(base, target, end);
    var one = new Cursor(base);
    var two = new Cursor(target);
    var found = new ArrayList<Range>();
    long from = 0;
    for (long to : bounds) {
      if (to > from && one.placeOf(from) != two.placeOf(from)) add(found, from, to);
      from = to;
    }
    return List.copyOf(found);
  }

  private static SortedSet<Long> bounds(List<Extent> base, List<Extent> target, long end) {
    var bounds = new TreeSet<Long>();
    bounds.add(end);
    for (var extents : List.of(base, target))
      for (var extent : extents) {
        bounds.add(Math.min(extent.offset(), end));
        bounds.add(Math.min(extent.end(), end));
      }
    return bounds;
  }

  private static void add(List<Range> found, long from, long to) {
    boolean goesOn = !found.isEmpty() && found.getLast().end() == from;
    long start = goesOn ? found.removeLast().offset() : from;
    found.add(new Range(start, to - start));
  }

  /// Goes through a file's extents once, forwards.
  private static final class Cursor {
    private final List<Extent> extents;
    private int next;

    Cursor(List<Extent> extents) {
      this.extents = extents;
    }

    long placeOf(long offset) {
      while (next < extents.size() && extents.get(next).end() <= offset) next++;
      if (next == extents.size()) return NOWHERE;
      var extent = extents.get(next);
      boolean hole = extent.offset() > offset || !extent.written();
      return hole ? NOWHERE : extent.physical() + offset - extent.offset();
    }
  }
}
