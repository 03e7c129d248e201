package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;

import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.TreeMap;

/// Names that people never give, and attackers do.
final class NameChecks {
  private static final String UMLAUT = "ü"; // 2 bytes

  private NameChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.names",
            "CSI specification, CreateVolume, name: any Unicode text without control characters",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "longest",
            "A name of 128 bytes is taken, and whole: one that differs in its last byte is another.",
            b -> distinct(b, filled(b, "x", 'a'), filled(b, "x", 'b')))
        .add(
            "longest-unicode",
            "A name of 128 bytes in UTF-8 is taken.",
            b -> distinct(b, filled(b, UMLAUT, 'a'), filled(b, UMLAUT, 'b')))
        .add(
            "too-long",
            "A name of 129 bytes is refused with INVALID_ARGUMENT.",
            b -> b.refused(b.volume("a").named(filled(b, "x", 'a') + "x").call(), INVALID_ARGUMENT))
        .add(
            "control-characters",
            "A name with a control character is refused with INVALID_ARGUMENT.",
            b -> {
              for (var character : List.of("\u0001", "\u001b", "\u007f", "\u0085"))
                b.refused(b.volume("a").named(b.name(character)).call(), INVALID_ARGUMENT);
            })
        .add(
            "like-an-option",
            "A name that looks like an option is a name.",
            hostile("-rf", "--help"))
        .add(
            "like-a-path",
            "A name that looks like a path is a name.",
            hostile("../../etc", "/etc/passwd", "a/b", "a/../b"))
        .add("dots", "Dots are a name.", hostile(".", "..", "..."))
        .add(
            "like-a-command",
            "A name that a shell would run is a name.",
            hostile("$(reboot)", "`reboot`", "a;reboot", "a|b&c", "'\"\\"))
        .add(
            "blanks",
            "Blanks, tabs and line ends are parts of a name.",
            hostile(" ", "a b", "a\tb", "a\nb"))
        .add(
            "like-a-format",
            "Format directives and globs are parts of a name.",
            hostile("%s%n%d", "*", "{}", "${a}"))
        .add("unicode", "Names may be in any script.", hostile("Größe-数据-🚢", "é", "e\u0301"))
        .add(
            "case",
            "Names that differ only in case are different.",
            b -> distinct(b, b.name("Case"), b.name("case")))
        .add(
            "never-merged",
            "Names that differ only in odd characters are different.",
            b ->
                distinct(
                    b, b.name("a/b"), b.name("a_b"), b.name("a-b"), b.name("a.b"), b.name("a b")))
        .list();
  }

  /// Each name is a volume of its own, found again by its name, and usable.
  private static Check.Body hostile(String... names) {
    return b -> {
      distinct(b, names);
      if (b.facts().node().isEmpty()) return;
      b.disk(b.volume("a").named(names[0])).up().down();
    };
  }

  private static void distinct(Bench b, String... names) {
    var ids = new TreeMap<String, VolumeId>();
    for (var name : names) {
      var disk = b.disk(b.volume("a").named(name));
      b.must(
          CreateChecks.bytes(disk.id().text()) <= CreateChecks.STRING_BYTES,
          "an id of 128 bytes at most",
          disk.id());
      b.same(disk.id(), b.ok(disk.wish().call()).id(), "the same volume for the same name");
      b.must(!ids.containsValue(disk.id()), "a volume of its own for each name", disk.id());
      ids.put(name, disk.id());
    }
    ids.forEach((name, id) ->
        b.same(id, b.ok(b.volume("a").named(name).call()).id(), "the volume of this name"));
  }

  /// 128 bytes.
  private static String filled(Bench b, String with, char last) {
    var begin = b.name("");
    int room = CreateChecks.STRING_BYTES - 1 - CreateChecks.bytes(begin);
    int each = CreateChecks.bytes(with);
    return begin + with.repeat(room / each) + "x".repeat(room % each) + last;
  }
}
