package dev.moorage.kubeserver.store;

class MemoryLogTest extends LogContract {
  private final MemoryLog log = new MemoryLog(KEEP);

  @Override
  Log log() {
    return log;
  }

  @Override
  Log reopened() {
    return log;
  }
}
