package dev.moorage.host.sim;

import dev.moorage.base.sim.SimTasks;

/// A simulated host with a folder to work in, for one test.
final class SimBench {
  static final String FOLDER = "/var/lib/contract";

  final SimTasks tasks = SimTasks.plain();
  final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());

  SimBench() {
    host.files().makeFolder(FOLDER, 0755);
  }
}
