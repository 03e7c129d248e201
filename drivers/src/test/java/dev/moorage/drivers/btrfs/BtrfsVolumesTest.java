package dev.moorage.drivers.btrfs;

import dev.moorage.base.sim.SimTasks;
import dev.moorage.host.Host;
import dev.moorage.host.sim.SimHost;

class BtrfsVolumesTest extends BtrfsVolumesContract {
  private final SimTasks tasks = SimTasks.plain();
  private final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());

  @Override
  Host host() {
    return host;
  }

  @Override
  String state() {
    return "/var/lib/btrfs";
  }

  @Override
  void play(Runnable story) {
    tasks.run(story);
  }
}
