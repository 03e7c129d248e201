package dev.moorage.conformance;

import static dev.moorage.csi.CsiException.Code.OUT_OF_RANGE;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ContentSource;

/// What is demanded of volumes that are made from something, be it a snapshot or a volume.
final class Copies {
  private Copies() {}

  /// A volume that holds a text, in no use.
  static Disk written(Bench b, Form form, String text) {
    var disk = b.disk("source", form).up();
    disk.write(text);
    return disk.down();
  }

  /// The copy says what it is made from, and holds it.
  static Disk holds(Bench b, Form form, ContentSource source, String text) {
    var copy = b.disk(b.volume("copy", form).from(source));
    b.same(source, copy.volume().source(), "the content source");
    copy.up().mustHold(text, "the copy");
    return copy;
  }

  /// A copy larger than its source is refused, or its filesystem is larger, too.
  static void larger(Bench b, Form form, ContentSource source, String text) {
    var larger = ExpandChecks.larger(b);
    var wish = b.volume("larger", form).from(source).sized(larger, Bytes.ZERO);
    if (!b.okOr(wish.call(), OUT_OF_RANGE).given())
      throw new NotAsked("the driver makes no copies larger than their source");
    var copy = b.disk(wish);
    CreateChecks.checkSize(b, wish.call().capacity(), copy.volume());
    copy.up().mustHold(text, "the copy");
    ExpandChecks.mustShow(b, copy, larger);
  }

  /// Less room than the source takes.
  static void smaller(Bench b, ContentSource source) {
    var size = b.options().wanted().size();
    var less = new Bytes(size.count() / 2);
    b.refused(b.volume("smaller").from(source).sized(less, less).call(), OUT_OF_RANGE);
  }
}
