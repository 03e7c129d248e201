package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.GetPluginCapabilities.Capability.EXPANSION_ONLINE;
import static dev.moorage.csi.NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME;

import dev.moorage.csi.CsiCall;
import dev.moorage.csi.NodeGetCapabilities;
import java.util.ArrayList;
import java.util.List;

/// Every call of a volume's life, more than once.
final class TwiceChecks {
  private static final int ROUNDS = 5;

  private TwiceChecks() {}

  static List<Check> all() {
    return new Topic(
            "twice",
            "CSI specification, all calls: idempotency",
            Need.central(CREATE_DELETE_VOLUME),
            new Need.Node())
        .both(
            "life",
            "Every call of a volume's life may come three times, and is answered the same.",
            (b, form) -> {
              var disk = b.disk("a", form);
              thrice(b, disk.wish().call());
              if (b.facts().has(PUBLISH_UNPUBLISH_VOLUME)) thrice(b, disk.attachCall());
              disk.attach();
              if (b.facts().has(STAGE_UNSTAGE_VOLUME)) thrice(b, disk.stageCall());
              thrice(b, disk.publishCall());
              disk.write("mine");
              grow(b, disk);
              disk.mustHold("mine", "the volume");
              for (var call : down(b, disk)) thrice(b, call);
            })
        .both(
            "lives",
            "A volume may be attached, staged and published, and back, again and again.",
            (b, form) -> {
              var disk = b.disk("a", form);
              for (int i = 0; i < ROUNDS; i++) {
                disk.up();
                if (i > 0) disk.mustHold("round " + (i - 1), "the volume");
                disk.write("round " + i);
                disk.down();
              }
            })
        .add(
            "teardown-first",
            "Everything that undoes may come before anything was done.",
            b -> {
              var disk = b.disk("a");
              for (var call : down(b, disk)) b.ok(call);
              for (var call : down(b, disk)) b.ask(call);
            })
        .list();
  }

  private static void grow(Bench b, Disk disk) {
    if (!b.facts().has(EXPAND_VOLUME) || !b.facts().has(EXPANSION_ONLINE)) return;
    thrice(b, disk.expandCall(ExpandChecks.larger(b)));
    if (b.facts().has(NodeGetCapabilities.Capability.EXPAND_VOLUME))
      thrice(b, disk.expandHereCall(ExpandChecks.larger(b)));
  }

  private static List<CsiCall<?>> down(Bench b, Disk disk) {
    var calls = new ArrayList<CsiCall<?>>();
    calls.add(disk.unpublishCall());
    if (b.facts().has(STAGE_UNSTAGE_VOLUME)) calls.add(disk.unstageCall());
    if (b.facts().has(PUBLISH_UNPUBLISH_VOLUME)) calls.add(disk.detachCall());
    calls.add(disk.deleteCall());
    return calls;
  }

  private static <R> void thrice(Bench b, CsiCall<R> call) {
    var first = b.ok(call);
    b.same(first, b.ok(call), "the second answer");
    b.same(first, b.ok(call), "the third answer");
  }
}
