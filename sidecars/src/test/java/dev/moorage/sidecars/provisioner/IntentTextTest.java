package dev.moorage.sidecars.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IntentTextTest {
  private static final Topology PLACE = new Topology(Map.of("zone", "a", "topology.x/node", "n1"));

  @Test
  void what_is_written_is_read_again() {
    var intent =
        new Intent(
            new Intent.Origin("d.example.org", "fast", "s-1", "Delete", "n1"),
            new Intent.Shape(
                Bytes.gibi(1),
                false,
                "xfs",
                List.of("noatime", "a b\\s\nc"),
                List.of(AccessMode.SINGLE_NODE_WRITER, AccessMode.MULTI_NODE_READER_ONLY)),
            new TreeMap<>(Map.of("label", "", "a=b", "x y")),
            new TopologyRequirement(List.of(PLACE), List.of(PLACE, Topology.NONE)),
            new TreeMap<>(Map.of(SecretRole.NODE_STAGE, new ObjectKey("ns", "secret"))));

    assertThat(IntentText.read(IntentText.write(intent))).contains(intent);
  }

  @Test
  void a_block_volume_without_wishes_is_read_again() {
    var intent =
        new Intent(
            new Intent.Origin("d", "", "", "Retain", ""),
            new Intent.Shape(Bytes.ZERO, true, "", List.of(), List.of()),
            new TreeMap<>(),
            TopologyRequirement.NONE,
            new TreeMap<>());

    assertThat(IntentText.read(IntentText.write(intent))).contains(intent);
  }

  @Test
  void people_can_read_it() {
    var intent =
        new Intent(
            new Intent.Origin("d", "fast", "s-1", "Delete", "n1"),
            new Intent.Shape(
                Bytes.mebi(1), false, "xfs", List.of(), List.of(AccessMode.SINGLE_NODE_WRITER)),
            new TreeMap<>(Map.of("label", "data")),
            TopologyRequirement.NONE,
            new TreeMap<>());

    assertThat(IntentText.write(intent))
        .isEqualTo(
            """
            format 1
            driver d
            class fast s-1 Delete
            node n1
            size 1048576
            fstype xfs
            mode SINGLE_NODE_WRITER
            parameter label data
            """);
  }

  @Test
  void anything_else_is_no_intent() {
    assertThat(IntentText.read("")).isEmpty();
    assertThat(IntentText.read("format 2\n")).isEmpty();
    assertThat(IntentText.read("format 1\nsize many\n")).isEmpty();
    assertThat(IntentText.read("format 1\ndriver a b\n")).isEmpty();
    assertThat(IntentText.read("format \\x\n")).isEmpty();
  }
}
