package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Tasks;
import dev.moorage.host.FilesContract;
import dev.moorage.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinuxFilesIT extends FilesContract {
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

  @Test
  void what_a_crash_left_of_a_write_goes_with_its_file() throws IOException {
    var inner = folder() + "/inner";
    host().files().makeFolder(inner, 0700);
    host().files().write(inner + "/data.json", "old");
    Files.writeString(Path.of(inner, ".data.json.new"), "hal");
    host().files().removeFile(inner + "/data.json");
    host().files().removeFolder(inner);
    assertThat(host().files().look(inner)).isEmpty();
  }

  @Override
  @AfterEach
  protected void leaveNothing() {
    super.leaveNothing();
    real.close();
  }
}
