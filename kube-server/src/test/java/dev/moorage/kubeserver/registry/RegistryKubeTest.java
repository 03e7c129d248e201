package dev.moorage.kubeserver.registry;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeContract;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.MemoryLog;
import dev.moorage.kubeserver.store.SqliteLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class RegistryKubeTest {

  @Nested
  class OverMemory extends OverLog {
    @Override
    Log open(Group group) {
      return new MemoryLog();
    }
  }

  @Nested
  class OverSqlite extends OverLog {
    @TempDir private Path folder;

    @Override
    Log open(Group group) {
      return SqliteLog.open(group, folder.resolve("moorage.db"));
    }
  }

  abstract static class OverLog extends KubeContract {
    private final LiveTasks tasks = new LiveTasks();
    private final Group group = tasks.group("server");
    private Log log;
    private Kube kube;

    abstract Log open(Group group);

    @BeforeEach
    void start() {
      log = open(group);
      var registry = Registry.open(group, log, new LiveEntropy(), Settings.DEFAULT);
      kube = new RegistryKube(registry, tasks, "system:moorage:test");
    }

    @AfterEach
    void stop() {
      group.close();
      log.close();
    }

    @Override
    protected Kube kube() {
      return kube;
    }
  }
}
