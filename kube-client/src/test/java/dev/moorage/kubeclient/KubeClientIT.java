package dev.moorage.kubeclient;

import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/// The contract of `Kube`, against our own API server over HTTPS.
class KubeClientIT {

  @Nested
  class WithPatches extends OverHttps {
    @Override
    Settings settings() {
      return Settings.DEFAULT;
    }
  }

  @Nested
  class WithPuts extends OverHttps {
    @Override
    Settings settings() {
      return Settings.DEFAULT.changing(Settings.Changes.PUT);
    }
  }

  abstract static class OverHttps extends KubeContract {
    private OwnServer server;
    private Kube kube;

    abstract Settings settings();

    @BeforeEach
    void start() {
      server = new OwnServer();
      kube = server.client(settings()).kube();
    }

    @AfterEach
    void stop() {
      server.close();
    }

    @Override
    protected Kube kube() {
      return kube;
    }
  }
}
