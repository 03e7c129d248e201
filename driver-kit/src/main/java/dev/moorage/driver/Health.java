package dev.moorage.driver;

import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.VolumeHealth;
import java.util.Optional;

/// Tells what is wrong with volumes, in the words of CSI 1.13.
record Health(Kit kit) {
  private static final Pages PAGES = new Pages("health");

  VolumeHealth get(ControllerGetVolumeHealth call) {
    var backend = reporting(call.rpc());
    Limits.volume(call.volume());
    return health(backend, kit.usable(call.volume()));
  }

  ControllerListVolumeHealth.Answer list(ControllerListVolumeHealth call) {
    var backend = reporting(call.rpc());
    var page =
        PAGES.page(
            kit.records().volumes(),
            volume -> volume.id().text(),
            volume -> unwell(backend, volume),
            call.maxEntries(),
            call.startingToken());
    return new ControllerListVolumeHealth.Answer(page.entries(), page.nextToken());
  }

  private static Optional<VolumeHealth> unwell(ReportsHealth backend, VolumeRecord volume) {
    return Optional.of(volume)
        .filter(VolumeRecord::usable)
        .map(usable -> health(backend, usable))
        .filter(health -> !health.entries().isEmpty());
  }

  private static VolumeHealth health(ReportsHealth backend, VolumeRecord volume) {
    return new VolumeHealth(volume.id(), Answers.health(backend, volume));
  }

  private ReportsHealth reporting(String rpc) {
    if (kit.settings().csiVersion() != CsiVersion.V1_12
        && kit.backend() instanceof ReportsHealth backend) return backend;
    throw Refusals.cannot(rpc);
  }
}
