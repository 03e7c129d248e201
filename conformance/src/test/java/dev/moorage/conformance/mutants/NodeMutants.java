package dev.moorage.conformance.mutants;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.stream.Stream;

/// Drivers that mount and unmount wrongly.
final class NodeMutants {
  private NodeMutants() {}

  static List<Mutant> all() {
    return Stream.of(staging(), publishing(), effects(), unpublishing(), stats())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> staging() {
    return List.of(
        new Mutant(
            "stage-twice-fails",
            "A second equal NodeStageVolume fails.",
            "drivers without a look at what is mounted",
            NodeMutants::stageTwice),
        new Mutant(
            "stage-other-capability-ok",
            "NodeStageVolume accepts the same path with another capability.",
            "most drivers",
            Bent.forgiving(NodeStageVolume.class, Code.ALREADY_EXISTS, (_, _) -> Done.DONE)),
        new Mutant(
            "stage-unknown-ok",
            "NodeStageVolume of an unknown volume answers OK.",
            "csi-driver-iscsi stages nothing",
            Bent.forgiving(NodeStageVolume.class, Code.NOT_FOUND, (_, _) -> Done.DONE)),
        new Mutant(
            "stage-no-capability-ok",
            "NodeStageVolume does not look at the capability.",
            "csi-driver-iscsi stages nothing",
            Bent.on(
                NodeStageVolume.class,
                (call, down) -> call.capability().missing() ? Done.DONE : down.call(call))),
        new Mutant(
            "stage-path-code",
            "NodeStageVolume without a path answers INTERNAL.",
            "drivers that pass the kernel's error on",
            Bent.recoding(NodeStageVolume.class, Code.INVALID_ARGUMENT, Code.INTERNAL)),
        new Mutant(
            "stage-formats-again",
            "NodeStageVolume makes a new filesystem each time.",
            "drivers that trust an empty probe of a slow device",
            world ->
                new Bent(world)
                    .at(
                        NodeStageVolume.class,
                        (call, down) -> {
                          boolean mounted =
                              world.host().mounts().at(call.stagingPath()).isPresent();
                          var done = down.call(call);
                          if (!mounted && !call.capability().block())
                            Restored.emptied(world, call.stagingPath());
                          return done;
                        })),
        new Mutant(
            "stage-filesystem-ignored",
            "NodeStageVolume makes its own default filesystem whatever is asked.",
            "drivers that know one filesystem",
            Bent.asking(
                NodeStageVolume.class,
                call ->
                    new NodeStageVolume(
                        call.volume(),
                        call.publishContext(),
                        call.stagingPath(),
                        plain(call.capability()),
                        call.secrets(),
                        call.volumeContext()))));
  }

  private static VolumeCapability plain(VolumeCapability capability) {
    return capability.access() instanceof Access.Mount(_, var flags, var group)
        ? new VolumeCapability(new Access.Mount("", flags, group), capability.mode())
        : capability;
  }

  private static Csi stageTwice(World world) {
    var staged = new Memory<String, Boolean>();
    return new Bent(world)
        .at(
            NodeStageVolume.class,
            (call, down) -> {
              if (staged.has(call.stagingPath())) throw Bent.refusal(Code.INTERNAL, call);
              var done = down.call(call);
              staged.put(call.stagingPath(), true);
              return done;
            })
        .at(
            NodeUnstageVolume.class,
            (call, down) -> {
              staged.remove(call.stagingPath());
              return down.call(call);
            });
  }

  private static List<Mutant> publishing() {
    return List.of(
        new Mutant(
            "publish-unstaged-ok",
            "NodePublishVolume of a volume that is not staged answers OK.",
            "drivers that bind whatever folder is there",
            Bent.forgiving(NodePublishVolume.class, Code.FAILED_PRECONDITION, (_, _) -> Done.DONE)),
        new Mutant(
            "publish-path-code",
            "NodePublishVolume without a path answers INTERNAL.",
            "drivers that pass the kernel's error on",
            Bent.recoding(NodePublishVolume.class, Code.INVALID_ARGUMENT, Code.INTERNAL)),
        new Mutant(
            "publish-unknown-code",
            "NodePublishVolume of an unknown volume answers INVALID_ARGUMENT.",
            "drivers that parse ids first",
            Bent.recoding(NodePublishVolume.class, Code.NOT_FOUND, Code.INVALID_ARGUMENT)),
        new Mutant(
            "publish-other-read-only-ok",
            "NodePublishVolume accepts the same target with another read-only flag.",
            "csi-driver-host-path",
            Bent.forgiving(NodePublishVolume.class, Code.ALREADY_EXISTS, (_, _) -> Done.DONE)),
        new Mutant(
            "publish-twice-fails",
            "A second equal NodePublishVolume fails.",
            "drivers without a look at what is mounted",
            NodeMutants::publishTwice),
        new Mutant(
            "publish-second-target-fails",
            "NodePublishVolume refuses a second target of a multi-writer volume.",
            "aws-ebs-csi-driver while the first is under way",
            NodeMutants::oneTarget),
        new Mutant(
            "publish-single-writer-shared",
            "NodePublishVolume accepts a second target of a single-writer volume.",
            "most drivers",
            world ->
                new Bent(world)
                    .at(
                        NodePublishVolume.class,
                        (call, down) ->
                            Bent.forgiven(
                                call,
                                down,
                                Code.FAILED_PRECONDITION,
                                (_, _) -> bindOnly(world, call)))));
  }

  private static Done bindOnly(World world, NodePublishVolume call) {
    boolean single = call.capability().mode() == AccessMode.SINGLE_NODE_SINGLE_WRITER;
    boolean staged = world.host().mounts().at(call.stagingPath()).isPresent();
    if (!single || !staged || call.capability().block())
      throw Bent.refusal(Code.FAILED_PRECONDITION, call);
    world.host().files().makeFolder(call.targetPath(), 0750);
    world.host().mounts().bind(call.stagingPath(), call.targetPath(), call.readOnly());
    return Done.DONE;
  }

  private static Csi publishTwice(World world) {
    var uses = new Uses();
    return uses.watching(new Bent(world))
        .at(
            NodePublishVolume.class,
            (call, down) -> {
              boolean again = uses.targetsOf(call.volume()).contains(call);
              var done = uses.publish(call, down);
              if (again) throw Bent.refusal(Code.INTERNAL, call);
              return done;
            });
  }

  private static Csi oneTarget(World world) {
    var uses = new Uses();
    return uses.watching(new Bent(world))
        .at(
            NodePublishVolume.class,
            (call, down) -> {
              for (var other : uses.targetsOf(call.volume()))
                if (!other.targetPath().equals(call.targetPath()))
                  throw Bent.refusal(Code.FAILED_PRECONDITION, call);
              return uses.publish(call, down);
            });
  }

  private static List<Mutant> effects() {
    return List.of(
        new Mutant(
            "publish-does-nothing",
            "NodePublishVolume answers OK and mounts nothing.",
            "drivers that swallow an error of mount",
            Bent.on(
                NodePublishVolume.class,
                (call, down) -> {
                  var done = down.call(call);
                  down.call(new NodeUnpublishVolume(call.volume(), call.targetPath()));
                  return done;
                })),
        new Mutant(
            "publish-writable",
            "NodePublishVolume mounts read-only volumes writable.",
            "bind mounts without the second remount",
            world ->
                new Bent(world)
                    .at(
                        NodePublishVolume.class,
                        (call, down) -> {
                          var done = down.call(call);
                          if (call.readOnly()) Effects.makeWritable(world.host(), call);
                          return done;
                        })),
        new Mutant(
            "publish-stacks",
            "A second equal NodePublishVolume mounts once more above the first mount.",
            "TopoLVM",
            world ->
                new Bent(world)
                    .at(
                        NodePublishVolume.class,
                        (call, down) -> {
                          boolean again = world.host().mounts().at(call.targetPath()).isPresent();
                          var done = down.call(call);
                          if (again)
                            world
                                .host()
                                .mounts()
                                .bind(call.targetPath(), call.targetPath(), call.readOnly());
                          return done;
                        })),
        new Mutant(
            "publish-block-as-file",
            "NodePublishVolume of a block volume shows a file in place of the device.",
            "drivers for folders that call a file a block volume",
            Effects::fileForDevice),
        new Mutant(
            "publish-empty-folder",
            "NodePublishVolume shows an empty folder of the host in place of the volume.",
            "drivers that bind before the volume is mounted",
            Effects::emptyFolder));
  }

  private static List<Mutant> unpublishing() {
    return List.of(
        new Mutant(
            "unpublish-target-left",
            "NodeUnpublishVolume leaves the target folder behind.",
            "rule: the target is deleted",
            world ->
                new Bent(world)
                    .at(
                        NodeUnpublishVolume.class,
                        (call, down) -> {
                          var files = world.host().files();
                          boolean there = files.look(call.targetPath()).isPresent();
                          var done = down.call(call);
                          if (there) files.makeFolder(call.targetPath(), 0750);
                          return done;
                        })),
        new Mutant(
            "unpublish-does-nothing",
            "NodeUnpublishVolume answers OK and leaves the mount.",
            "csi-driver-nfs: OK while mounted",
            Bent.on(
                NodeUnpublishVolume.class,
                (call, down) ->
                    call.volume().text().isEmpty() || call.targetPath().isEmpty()
                        ? down.call(call)
                        : Done.DONE)),
        new Mutant(
            "unpublish-twice-fails",
            "NodeUnpublishVolume of a target that is gone answers INTERNAL.",
            "drivers that pass the kernel's error on",
            world ->
                new Bent(world)
                    .at(
                        NodeUnpublishVolume.class,
                        (call, down) -> {
                          boolean gone = world.host().files().look(call.targetPath()).isEmpty();
                          var done = down.call(call);
                          if (gone) throw Bent.refusal(Code.INTERNAL, call);
                          return done;
                        })),
        new Mutant(
            "unpublish-deletes-data",
            "NodeUnpublishVolume deletes the volume's files with the target.",
            "recursive removal of a target that is still mounted",
            world ->
                new Bent(world)
                    .at(
                        NodeUnpublishVolume.class,
                        (call, down) -> {
                          Effects.empty(world, call.targetPath());
                          return down.call(call);
                        })),
        new Mutant(
            "unpublish-all-targets",
            "NodeUnpublishVolume of one target takes the volume from all targets.",
            "drivers that unmount by device",
            world -> {
              var uses = new Uses();
              return uses.watching(new Bent(world))
                  .at(
                      NodeUnpublishVolume.class,
                      (call, down) -> {
                        var done = uses.unpublish(call, down);
                        uses.unpublishAll(call.volume(), down);
                        return done;
                      });
            }),
        new Mutant(
            "unstage-while-published",
            "NodeUnstageVolume takes the volume away from targets that still show it.",
            "lazy unmounts",
            world -> {
              var uses = new Uses();
              return uses.watching(new Bent(world))
                  .at(
                      NodeUnstageVolume.class,
                      (call, down) -> {
                        uses.unpublishAll(call.volume(), down);
                        return down.call(call);
                      });
            }),
        new Mutant(
            "unstage-does-nothing",
            "NodeUnstageVolume answers OK and leaves the mount.",
            "csi-driver-iscsi",
            Bent.on(
                NodeUnstageVolume.class,
                (call, down) ->
                    call.volume().text().isEmpty() || call.stagingPath().isEmpty()
                        ? down.call(call)
                        : Done.DONE)),
        new Mutant(
            "unstage-twice-fails",
            "NodeUnstageVolume of a volume that is not staged answers INTERNAL.",
            "drivers that pass the kernel's error on",
            NodeMutants::unstageTwice));
  }

  private static Csi unstageTwice(World world) {
    var gone = new Memory<String, Boolean>();
    return new Bent(world)
        .at(
            NodeStageVolume.class,
            (call, down) -> {
              gone.remove(call.stagingPath());
              return down.call(call);
            })
        .at(
            NodeUnstageVolume.class,
            (call, down) -> {
              if (gone.has(call.stagingPath())) throw Bent.refusal(Code.INTERNAL, call);
              var done = down.call(call);
              gone.put(call.stagingPath(), true);
              return done;
            });
  }

  private static List<Mutant> stats() {
    return List.of(
        new Mutant(
            "stats-wrong-path-ok",
            "NodeGetVolumeStats of a path without the volume answers what it knew of the volume.",
            "csi-driver-nfs: a cache without the path",
            world -> {
              var known = new Memory<VolumeId, NodeGetVolumeStats.Answer>();
              return new Bent(world)
                  .at(
                      NodeGetVolumeStats.class,
                      (call, down) -> {
                        var cached = known.get(call.volume());
                        if (cached.isPresent() && !call.volumePath().isEmpty()) return cached.get();
                        return known.first(call.volume(), down.call(call));
                      });
            }),
        new Mutant(
            "stats-of-root",
            "NodeGetVolumeStats tells the host's root disk.",
            "folder drivers without quota",
            world ->
                new Bent(world)
                    .at(
                        NodeGetVolumeStats.class,
                        (call, down) ->
                            new NodeGetVolumeStats.Answer(
                                Effects.rootUsage(world.host()), down.call(call).condition()))),
        new Mutant(
            "stats-empty",
            "NodeGetVolumeStats answers no amounts at all.",
            "rule: at least the total",
            Bent.answering(
                NodeGetVolumeStats.class,
                answer -> new NodeGetVolumeStats.Answer(List.of(), answer.condition()))),
        new Mutant(
            "stats-path-code",
            "NodeGetVolumeStats of a path without the volume answers INTERNAL.",
            "drivers that pass the kernel's error on",
            Bent.recoding(NodeGetVolumeStats.class, Code.NOT_FOUND, Code.INTERNAL)),
        new Mutant(
            "stats-exceed",
            "NodeGetVolumeStats answers more available than there is in total.",
            "sizes in blocks of another length",
            Bent.answering(NodeGetVolumeStats.class, NodeMutants::exceeding)));
  }

  private static NodeGetVolumeStats.Answer exceeding(NodeGetVolumeStats.Answer answer) {
    return new NodeGetVolumeStats.Answer(
        answer.usage().stream()
            .map(usage ->
                new NodeGetVolumeStats.Usage(
                    usage.unit(), usage.total(), usage.used(), usage.total() * 8 + 1))
            .toList(),
        answer.condition());
  }
}
