package dev.moorage.csi;

import dev.moorage.csi.Samples.Sample;
import java.util.ArrayList;
import java.util.List;

/// The samples of calls on the health of volumes and storage.
final class HealthSamples {
  private HealthSamples() {}

  private static final VolumeId VOLUME = new VolumeId("vol-1");
  private static final VolumeHealth BAD =
      new VolumeHealth(
          VOLUME,
          List.of(
              new VolumeHealth.Entry(VolumeHealth.Status.DEGRADED, "SlowDisk", "größer als 1 s"),
              new VolumeHealth.Entry(
                  VolumeHealth.Status.DATA_LOSS, "ImageMissing", "no image in pool a")));

  static List<Sample<?>> filled() {
    return List.of(
        new Sample<>(
            new ControllerListVolumeHealth(5, "token-1", Samples.SECRETS),
            new ControllerListVolumeHealth.Answer(List.of(BAD, BAD), "token-2")),
        new Sample<>(new ControllerGetVolumeHealth(VOLUME, Samples.SECRETS), BAD),
        new Sample<>(new NodeGetVolumeHealth(VOLUME, "/target", "/staging"), BAD),
        new Sample<>(
            new NodeGetStorageHealth(Samples.SECRETS),
            new NodeGetStorageHealth.Answer(
                List.of(
                    new NodeGetStorageHealth.Entry(
                        NodeGetStorageHealth.Status.UNREACHABLE,
                        "PoolGone",
                        "pool a is not mounted",
                        Samples.MOUNT)))));
  }

  static List<Sample<?>> empty() {
    var volume = new VolumeId("");
    var well = new VolumeHealth(volume, List.of());
    return List.of(
        new Sample<>(
            new ControllerListVolumeHealth(0, "", Secrets.NONE),
            new ControllerListVolumeHealth.Answer(List.of(), "")),
        new Sample<>(new ControllerGetVolumeHealth(volume, Secrets.NONE), well),
        new Sample<>(new NodeGetVolumeHealth(volume, "", ""), well),
        new Sample<>(
            new NodeGetStorageHealth(Secrets.NONE), new NodeGetStorageHealth.Answer(List.of())));
  }

  static List<Sample<?>> variants() {
    var samples = new ArrayList<Sample<?>>();
    for (var status : VolumeHealth.Status.values())
      samples.add(
          new Sample<>(
              new NodeGetVolumeHealth(VOLUME, "/target", ""),
              new VolumeHealth(VOLUME, List.of(new VolumeHealth.Entry(status, "", "")))));
    for (var status : NodeGetStorageHealth.Status.values())
      samples.add(
          new Sample<>(
              new NodeGetStorageHealth(Secrets.NONE),
              new NodeGetStorageHealth.Answer(
                  List.of(
                      new NodeGetStorageHealth.Entry(status, "", "", VolumeCapability.MISSING)))));
    return samples;
  }
}
