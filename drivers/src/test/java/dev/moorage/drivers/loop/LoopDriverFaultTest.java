package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.sim.SimHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every call to the kernel fails once, in turn.
class LoopDriverFaultTest {
  private static final int MOST_TRIES = 3;

  /// By name, those that only read included. A `ledger close` cannot fail so that the lock stays.
  private static final List<String> CALLS =
      List.of(
          "make folder",
          "remove folder",
          "remove file",
          "look",
          "allocate",
          "usage",
          "sync",
          "probe",
          "format",
          "check",
          "grow",
          "loops",
          "loop attach",
          "loop detach",
          "loop refresh",
          "loop flush",
          "clone",
          "freeze",
          "thaw",
          "renew id",
          "table",
          "mount",
          "bind",
          "unmount",
          "ledger open",
          "ledger entries",
          "ledger put",
          "ledger remove");

  @ParameterizedTest
  @CsvSource({"xfs, EIO", "xfs, ENOSPC", "ext4, EBUSY"})
  void a_failure_is_told_undone_and_gone_at_the_next_try(String fsType, Errno errno) {
    int failures = 0;
    for (var name : CALLS)
      for (int nth = 1; play(new Life("pvc-1", fsType), name, nth, errno); nth++) failures++;
    assertThat(failures)
        .as("calls to the kernel that failed in turn, %s: %d", fsType, failures)
        .isGreaterThan(80);
  }

  /// @return whether there was such a call
  private static boolean play(Life life, String name, int nth, Errno errno) {
    var tasks = SimTasks.plain();
    var host = new SimHost(tasks, Life.NODE, SimHost.Settings.usual());
    SimNode.makeFolders(host, life);
    var struck = new ArrayList<Boolean>();
    try {
      tasks.run(() -> {
        var node = new SimNode(tasks, host, Bytes.gibi(2));
        host.faults().fail(name, "", nth, errno);
        node.start();
        live(node, life);
        struck.add(host.faults().left() == 0);
        host.faults().clear();
        node.checkNothingLeft(life);
        node.end();
      });
      SimNode.checkOnlyThePoolIsLeft(host);
    } catch (AssertionError | RuntimeException wrong) {
      throw new AssertionError(name + " " + nth + " fails: " + wrong, wrong);
    }
    return struck.getFirst();
  }

  private static void live(SimNode node, Life life) {
    node.awaitReady();
    for (CsiCall<?> call : life.up())
      if (!(call instanceof NodeExpandVolume) || life.fsType().equals("xfs")) insist(node, call);
    var copy = new Life("pvc-copy", life.fsType());
    var snapshot = new SnapshotId("snap_snap-1");
    for (CsiCall<?> call :
        List.of(
            life.snapshot("snap-1"),
            copy.from(new ContentSource.Snapshot(snapshot), Life.LARGER),
            new DeleteSnapshot(snapshot, Secrets.NONE),
            copy.delete())) insist(node, call);
    for (CsiCall<?> call : life.down()) insist(node, call);
  }

  private static void insist(SimNode node, CsiCall<?> call) {
    for (int tries = 1; ; tries++) {
      try {
        node.tryOnce(call);
        return;
      } catch (CsiException refused) {
        if (tries == MOST_TRIES) throw refused;
      }
    }
  }
}
