package dev.moorage.host.sim;

import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.LedgerContract;

class SimLedgerTest extends LedgerContract {
  private final SimBench bench = new SimBench();

  @Override
  protected Host host() {
    return bench.host;
  }

  @Override
  protected Tasks tasks() {
    return bench.tasks;
  }

  @Override
  protected String folder() {
    return SimBench.FOLDER;
  }

  @Override
  protected void play(Runnable story) {
    bench.tasks.run(story);
  }

  @Override
  protected void tearLastRecord(String path) {
    bench.host.simLedgers().tearLastRecord(path);
  }

  @Override
  protected void damageFirstRecord(String path) {
    bench.host.simLedgers().damageFirstRecord(path);
  }

  @Override
  protected void makeNewer(String path) {
    bench.host.simLedgers().makeNewer(path);
  }
}
