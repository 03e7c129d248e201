package dev.moorage.csi;

import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import java.time.Duration;

/// A [Csi] whose calls are noted in the journal, those that only ask for identity, capabilities or
/// numbers apart.
public final class RecordedCsi implements Csi {
  private final Csi csi;
  private final String actor;
  private final Journal journal;

  /// Notes the calls of an actor.
  ///
  /// @param actor who calls
  public RecordedCsi(Csi csi, String actor, Journal journal) {
    this.csi = csi;
    this.actor = actor;
    this.journal = journal;
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    try {
      R answer = csi.call(call, atMost);
      if (!onlyAsks(call))
        journal.note(new Entry(What.DONE, actor, call.rpc(), call.subject(), ""));
      return answer;
    } catch (CsiException refused) {
      journal.note(
          new Entry(
              What.FAILED,
              actor,
              call.rpc(),
              call.subject(),
              refused.code() + ": " + refused.getMessage()));
      throw refused;
    }
  }

  private static boolean onlyAsks(CsiCall<?> call) {
    return switch (call) {
      case GetPluginInfo _,
          GetPluginCapabilities _,
          Probe _,
          GetCapacity _,
          ControllerGetCapabilities _,
          ValidateVolumeCapabilities _,
          NodeGetCapabilities _,
          NodeGetVolumeStats _,
          NodeGetInfo _,
          ListVolumes _,
          ListSnapshots _,
          GetSnapshot _,
          ControllerGetVolume _,
          ControllerListVolumeHealth _,
          ControllerGetVolumeHealth _,
          GroupControllerGetCapabilities _,
          GetVolumeGroupSnapshot _,
          GetMetadataAllocated _,
          GetMetadataDelta _,
          NodeGetVolumeHealth _,
          NodeGetStorageHealth _ ->
          true;
      case CreateVolume _,
          DeleteVolume _,
          ControllerPublishVolume _,
          ControllerUnpublishVolume _,
          ControllerExpandVolume _,
          ControllerModifyVolume _,
          CreateSnapshot _,
          DeleteSnapshot _,
          CreateVolumeGroupSnapshot _,
          DeleteVolumeGroupSnapshot _,
          NodeStageVolume _,
          NodeUnstageVolume _,
          NodePublishVolume _,
          NodeUnpublishVolume _,
          NodeExpandVolume _ ->
          false;
    };
  }
}
