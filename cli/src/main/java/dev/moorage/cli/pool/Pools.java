package dev.moorage.cli.pool;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.up.StateOption;
import dev.moorage.drivers.pool.Pool;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The pools that a command is about.
public final class Pools {
  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--driver",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Only the pool of this driver of the house, e.g. loop.moorage.dev (default: all).")
  private String driver = "";

  private final Group group = new LiveTasks().group("pool");
  private final Host host = new LinuxHost(group, Settings.DEFAULTS);

  /// Made by the command line.
  public Pools() {}

  /// A pool and the folder that it stands in.
  record Found(Path folder, Pool pool) {}

  Host host() {
    return host;
  }

  /// Those of a house, or the one of a driver that runs alone in this folder.
  ///
  /// @throws CommandFailed when there is none
  List<Found> all() {
    var found = new ArrayList<Found>();
    for (var folder : folders())
      Pool.at(host, folder.toString()).ifPresent(pool -> found.add(new Found(folder, pool)));
    if (found.isEmpty())
      throw new CommandFailed(
          "there is no pool in "
              + state.folder()
              + (driver.isEmpty() ? "" : " of a driver " + driver)
              + "; --state names the folder of a house (./moor up) or of a driver (./moor driver)");
    return found;
  }

  /// @throws CommandFailed when there is none, or more than one
  Found one() {
    var found = all();
    if (found.size() > 1)
      throw new CommandFailed(
          "there are pools in "
              + found.stream().map(Found::folder).toList()
              + "; say which one with --driver");
    return found.getFirst();
  }

  private List<Path> folders() {
    var drivers = state.folder().resolve("drivers");
    var folders = new ArrayList<Path>();
    if (driver.isEmpty()) folders.add(state.folder());
    for (var name : host.files().names(drivers.toString()))
      if (driver.isEmpty() || driver.equals(name)) folders.add(drivers.resolve(name));
    return folders;
  }
}
