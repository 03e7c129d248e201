package dev.moorage.conformance.mutants;

import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Files;
import dev.moorage.host.HostException;
import java.util.List;

/// Spoils the files of restored volumes when they are first mounted writable.
final class Restored {
  private Restored() {}

  /// What is done to the files in a mounted folder.
  interface Spoils {
    /// Whether there was something to spoil.
    boolean spoil(World world, String folder);
  }

  static Csi spoiling(World world, Spoils how) {
    var fresh = new Memory<VolumeId, Boolean>();
    return new Bent(world)
        .at(
            CreateVolume.class,
            (call, down) -> {
              var made = down.call(call);
              if (!(call.source() instanceof ContentSource.Empty)) fresh.put(made.id(), true);
              return made;
            })
        .at(
            NodeStageVolume.class,
            (call, down) -> {
              var done = down.call(call);
              if (!call.capability().block() && fresh.has(call.volume()))
                if (spoilt(world, call.stagingPath(), how)) fresh.remove(call.volume());
              return done;
            })
        .at(
            NodePublishVolume.class,
            (call, down) -> {
              var done = down.call(call);
              if (!call.capability().block() && fresh.has(call.volume()))
                if (spoilt(world, call.targetPath(), how)) fresh.remove(call.volume());
              return done;
            });
  }

  private static boolean spoilt(World world, String folder, Spoils how) {
    try {
      return how.spoil(world, folder);
    } catch (HostException _) {
      return false; // read-only here
    }
  }

  static boolean emptied(World world, String folder) {
    var files = files(world.host().files(), folder);
    files.forEach(world.host().files()::removeFile);
    return !files.isEmpty();
  }

  static boolean changed(World world, String folder) {
    var files = world.host().files();
    var paths = files(files, folder);
    for (var path : paths) files.write(path, changed(files.read(path).orElse(""), world.seed()));
    return !paths.isEmpty();
  }

  private static String changed(String text, long seed) {
    if (text.isEmpty()) return text;
    int at = Math.floorMod(seed, text.length());
    var other = text.charAt(at) == '~' ? "#" : "~";
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  private static List<String> files(Files files, String folder) {
    return files.names(folder).stream()
        .map(name -> folder + "/" + name)
        .filter(
            path -> files.look(path).filter(entry -> entry.sort() == Files.Sort.FILE).isPresent())
        .toList();
  }
}
