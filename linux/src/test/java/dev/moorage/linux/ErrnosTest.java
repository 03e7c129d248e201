package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.HostException.Errno;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrnosTest {
  @Test
  void a_known_number_is_named_and_an_unknown_one_is_told() {
    var busy = Errnos.failure(16, "unmounting /a");
    assertThat(busy.errno()).isEqualTo(Errno.EBUSY);
    assertThat(busy).hasMessage("unmounting /a: device or resource busy (EBUSY)");
    var damaged = Errnos.failure(117, "mounting /dev/loop0 on /a");
    assertThat(damaged.errno()).isEqualTo(Errno.OTHER);
    assertThat(damaged)
        .hasMessage("mounting /dev/loop0 on /a: the filesystem is damaged (errno 117)");
  }

  @Test
  void the_jdks_own_failures_become_the_kernels() {
    assertThat(Errnos.failure(new NoSuchFileException("/a"), "listing /a").errno())
        .isEqualTo(Errno.ENOENT);
    assertThat(Errnos.failure(new FileSystemException("/a", null, "odd"), "listing /a"))
        .hasMessage("listing /a: odd");
  }
}
