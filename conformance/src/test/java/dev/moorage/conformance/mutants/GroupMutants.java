package dev.moorage.conformance.mutants;

import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.BlockMetadata.Message;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.stream.Stream;

/// Drivers that cut several volumes at once wrongly, or tell wrongly which blocks changed.
final class GroupMutants {
  private GroupMutants() {}

  static List<Mutant> all() {
    return Stream.of(cutting(), keeping(), blocks()).flatMap(List::stream).toList();
  }

  private static List<Mutant> cutting() {
    return List.of(
        new Mutant(
            "group-partial",
            "CreateVolumeGroupSnapshot leaves out the last volume.",
            "rule: all members or none",
            Bent.answering(
                CreateVolumeGroupSnapshot.class,
                group ->
                    members(
                        group,
                        group.snapshots().stream()
                            .limit(Math.max(1, group.snapshots().size() - 1))
                            .toList()))),
        new Mutant(
            "group-members-left",
            "A CreateVolumeGroupSnapshot that fails leaves snapshots of its first volumes behind.",
            "csi-driver-host-path",
            Bent.on(CreateVolumeGroupSnapshot.class, GroupMutants::leavingMembers)),
        new Mutant(
            "group-id-missing",
            "The members of a group snapshot do not name their group.",
            "csi-driver-host-path",
            Bent.answering(
                CreateVolumeGroupSnapshot.class,
                group ->
                    members(group, group.snapshots().stream().map(GroupMutants::alone).toList()))),
        new Mutant(
            "group-time-moves",
            "CreateVolumeGroupSnapshot answers another time of creation at each call.",
            "drivers that answer the present time",
            world -> {
              var calls = new Counter();
              return new Bent(world)
                  .at(
                      CreateVolumeGroupSnapshot.class,
                      (call, down) -> {
                        var group = down.call(call);
                        return new GroupSnapshot(
                            group.id(),
                            group.snapshots(),
                            group.created().plusSeconds(calls.next()),
                            group.ready());
                      });
            }),
        new Mutant(
            "group-other-sources-ok",
            "A second CreateVolumeGroupSnapshot of the same name with other volumes is accepted.",
            "drivers that look up by name only",
            world -> {
              var sources = new Memory<String, List<VolumeId>>();
              return new Bent(world)
                  .at(
                      CreateVolumeGroupSnapshot.class,
                      (call, down) ->
                          down.call(
                              new CreateVolumeGroupSnapshot(
                                  call.name(),
                                  sources.first(call.name(), call.sources()),
                                  call.secrets(),
                                  call.parameters())));
            }),
        new Mutant(
            "group-ready-too-soon",
            "A group snapshot is ready while a member is not.",
            "rule: the group is ready when all members are",
            Bent.answering(
                CreateVolumeGroupSnapshot.class,
                group ->
                    new GroupSnapshot(
                        group.id(),
                        group.snapshots().stream().map(Alter::unready).toList(),
                        group.created(),
                        true))));
  }

  private static GroupSnapshot leavingMembers(CreateVolumeGroupSnapshot call, Down down) {
    try {
      return down.call(call);
    } catch (CsiException refused) {
      if (refused.code() == Code.NOT_FOUND)
        down.call(
            new CreateSnapshot(
                call.sources().getFirst(),
                call.name() + "-0",
                call.secrets(),
                call.parameters(),
                TopologyRequirement.NONE));
      throw refused;
    }
  }

  private static GroupSnapshot members(GroupSnapshot group, List<Snapshot> snapshots) {
    return new GroupSnapshot(group.id(), snapshots, group.created(), group.ready());
  }

  private static Snapshot alone(Snapshot member) {
    return new Snapshot(
        member.id(),
        member.source(),
        member.size(),
        member.created(),
        member.ready(),
        GroupSnapshotId.NONE,
        member.accessible());
  }

  private static List<Mutant> keeping() {
    return List.of(
        new Mutant(
            "group-delete-leaves-members",
            "DeleteVolumeGroupSnapshot forgets the group and leaves its members.",
            "rule: the group and all members",
            GroupMutants::forgetful),
        new Mutant(
            "group-delete-twice-fails",
            "A second DeleteVolumeGroupSnapshot answers INVALID_ARGUMENT.",
            "drivers that compare the members before they look for the group",
            world -> {
              var gone = new Memory<GroupSnapshotId, Boolean>();
              return new Bent(world)
                  .at(
                      DeleteVolumeGroupSnapshot.class,
                      (call, down) -> {
                        if (gone.has(call.group())) throw Bent.refusal(Code.INVALID_ARGUMENT, call);
                        var done = down.call(call);
                        gone.put(call.group(), true);
                        return done;
                      });
            }),
        new Mutant(
            "group-mismatch-ok",
            "GetVolumeGroupSnapshot answers the group although other members were named.",
            "rule: INVALID_ARGUMENT where it is seen",
            world -> {
              var members = new Memory<GroupSnapshotId, List<SnapshotId>>();
              return new Bent(world)
                  .at(
                      CreateVolumeGroupSnapshot.class,
                      (call, down) -> {
                        var group = down.call(call);
                        members.put(
                            group.id(), group.snapshots().stream().map(Snapshot::id).toList());
                        return group;
                      })
                  .at(
                      GetVolumeGroupSnapshot.class,
                      (call, down) ->
                          down.call(
                              new GetVolumeGroupSnapshot(
                                  call.group(),
                                  members.get(call.group()).orElse(call.snapshots()),
                                  call.secrets())));
            }),
        new Mutant(
            "group-get-code",
            "GetVolumeGroupSnapshot of an unknown group answers INTERNAL.",
            "rule: NOT_FOUND",
            Bent.recoding(GetVolumeGroupSnapshot.class, Code.NOT_FOUND, Code.INTERNAL)));
  }

  private static Csi forgetful(World world) {
    var gone = new Memory<GroupSnapshotId, Boolean>();
    return new Bent(world)
        .at(
            DeleteVolumeGroupSnapshot.class,
            (call, down) -> {
              if (call.group().text().isEmpty()) return down.call(call);
              gone.put(call.group(), true);
              return Done.DONE;
            })
        .at(
            GetVolumeGroupSnapshot.class,
            (call, down) -> {
              if (gone.has(call.group())) throw Bent.refusal(Code.NOT_FOUND, call);
              return down.call(call);
            });
  }

  private static List<Mutant> blocks() {
    return List.of(
        new Mutant(
            "blocks-offset-ignored",
            "GetMetadataAllocated begins at 0 whatever offset it is given.",
            "drivers that compute the whole answer at once",
            Bent.asking(
                GetMetadataAllocated.class,
                call ->
                    call.startingOffset() < 0
                        ? call
                        : new GetMetadataAllocated(
                            call.snapshot(), 0, call.maxResults(), call.secrets()))),
        new Mutant(
            "blocks-beyond-ok",
            "GetMetadataDelta beyond the end answers nothing, with OK.",
            "csi-driver-host-path",
            Bent.forgiving(
                GetMetadataDelta.class, Code.OUT_OF_RANGE, (_, _) -> new BlockMetadata(List.of()))),
        new Mutant(
            "blocks-max-ignored",
            "GetMetadataAllocated sends everything in one message whatever the limit.",
            "rule: max_results caps each message",
            Bent.answering(
                GetMetadataAllocated.class,
                all ->
                    all.messages().isEmpty()
                        ? all
                        : new BlockMetadata(
                            List.of(
                                new Message(
                                    all.messages().getFirst().type(),
                                    all.messages().getFirst().capacity(),
                                    all.ranges()))))),
        new Mutant(
            "blocks-delta-misses",
            "GetMetadataDelta misses the last changed range.",
            "maps read before the last writes are synced",
            Bent.answering(GetMetadataDelta.class, GroupMutants::withoutLast)),
        new Mutant(
            "blocks-unsorted",
            "GetMetadataAllocated answers its ranges in falling order.",
            "rule: strictly ascending",
            Bent.answering(
                GetMetadataAllocated.class,
                all ->
                    new BlockMetadata(
                        all.messages().reversed().stream()
                            .map(one ->
                                new Message(one.type(), one.capacity(), one.ranges().reversed()))
                            .toList()))),
        new Mutant(
            "blocks-unknown-code",
            "GetMetadataAllocated of an unknown snapshot answers INTERNAL.",
            "rule: NOT_FOUND",
            Bent.recoding(GetMetadataAllocated.class, Code.NOT_FOUND, Code.INTERNAL)));
  }

  private static BlockMetadata withoutLast(BlockMetadata all) {
    var last =
        all.ranges().isEmpty() ? List.<BlockMetadata.Range>of() : List.of(all.ranges().getLast());
    return new BlockMetadata(
        all.messages().stream()
            .map(one ->
                new Message(
                    one.type(),
                    one.capacity(),
                    one.ranges().stream().filter(range -> !last.contains(range)).toList()))
            .toList());
  }
}
