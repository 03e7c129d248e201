package dev.moorage.linux;

import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.SubvolumesContract;
import org.junit.jupiter.api.AfterEach;

class LinuxSubvolumesIT extends SubvolumesContract {
  private final RealHost real = new RealHost();

  @Override
  protected Host host() {
    return real.host();
  }

  @Override
  protected Tasks tasks() {
    return real.tasks();
  }

  @Override
  protected String folder() {
    return real.folder();
  }

  @Override
  @AfterEach
  protected void leaveNothing() {
    super.leaveNothing();
    real.close();
  }
}
