package dev.moorage.linux;

import dev.moorage.base.Stopped;
import dev.moorage.host.Folders;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Folders watched by the kernel (inotify), through the JDK's door to it.
final class LinuxFolders implements Folders {
  private static final Duration BURST = Duration.ofMillis(5);

  private final Kernel kernel;

  LinuxFolders(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public Watched watch(String folder) {
    return kernel.look(kernel.settings().files(), "watching " + folder, _ -> open(folder));
  }

  private Watched open(String folder) {
    try {
      var service = FileSystems.getDefault().newWatchService();
      try {
        Path.of(folder)
            .register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE);
      } catch (IOException failed) {
        service.close();
        throw failed;
      }
      return new WatchedFolder(service, folder);
    } catch (IOException failed) {
      throw Errnos.failure(failed, "watching " + folder);
    }
  }

  private final class WatchedFolder implements Watched {
    private final WatchService service;
    private final String folder;

    WatchedFolder(WatchService service, String folder) {
      this.service = service;
      this.folder = folder;
    }

    @Override
    public boolean changed(Duration atMost) {
      kernel.group().tasks().refuseTheDead();
      try {
        if (!told(atMost)) return false;
        // What is still on its way belongs to the same burst.
        while (told(BURST)) {}
        return true;
      } catch (InterruptedException asked) {
        Thread.currentThread().interrupt();
        throw new Stopped("watching " + folder);
      }
    }

    /// Whoever is told looks at the whole folder, so one telling serves for many changes.
    private boolean told(Duration atMost) throws InterruptedException {
      var key = service.poll(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
      if (key == null) return false;
      key.pollEvents();
      key.reset();
      return true;
    }

    @Override
    public void close() {
      try {
        service.close();
      } catch (IOException failed) {
        throw Errnos.failure(failed, "ending the watch of " + folder);
      }
    }
  }
}
