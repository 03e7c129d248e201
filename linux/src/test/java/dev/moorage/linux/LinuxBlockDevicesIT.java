package dev.moorage.linux;

import dev.moorage.base.Tasks;
import dev.moorage.host.BlockDevicesContract;
import dev.moorage.host.Host;
import org.junit.jupiter.api.AfterEach;

class LinuxBlockDevicesIT extends BlockDevicesContract {
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
