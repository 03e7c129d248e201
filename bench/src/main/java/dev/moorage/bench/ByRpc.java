package dev.moorage.bench;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Volumes of a driver behind its socket.
final class ByRpc implements Volumes {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Csi driver;
  private final NodeId node;
  private final Path folder;
  private final Sort sort;
  private final VolumeCapability capability;
  private final Map<Integer, Volume> made = new ConcurrentHashMap<>();
  private final Map<Integer, Map<String, String>> attached = new ConcurrentHashMap<>();
  private final Map<Integer, SnapshotId> cuts = new ConcurrentHashMap<>();
  private final Map<Integer, VolumeId> copies = new ConcurrentHashMap<>();

  /// @param folder for mount points; its name stands in those of the volumes
  ByRpc(Csi driver, NodeId node, Path folder, Sort sort) {
    this.driver = driver;
    this.node = node;
    this.folder = folder;
    this.sort = sort;
    this.capability = VolumeCapability.mount(sort.fsType(), AccessMode.SINGLE_NODE_WRITER);
  }

  @Override
  public void create(int volume) {
    made.put(volume, call(wish(name("", volume), new ContentSource.Empty())));
  }

  private String name(String what, int volume) {
    return "bench-" + folder.getFileName() + "-" + what + volume;
  }

  private CreateVolume wish(String name, ContentSource source) {
    return new CreateVolume(
        name,
        CapacityRange.atLeast(sort.size()),
        List.of(capability),
        sort.thick() ? Map.of() : Map.of("provisioning", "thin"),
        Secrets.NONE,
        source,
        TopologyRequirement.NONE,
        Map.of());
  }

  private <R> R call(CsiCall<R> call) {
    return driver.call(call, PATIENCE);
  }

  @Override
  public void attach(int volume) {
    var call =
        new ControllerPublishVolume(
            id(volume), node, capability, false, Secrets.NONE, volume(volume).context());
    attached.put(volume, call(call).publishContext());
  }

  @Override
  public void detach(int volume) {
    var _ = call(new ControllerUnpublishVolume(id(volume), node, Secrets.NONE));
  }

  private Map<String, String> attached(int volume) {
    return Objects.requireNonNull(attached.get(volume));
  }

  @Override
  public void show(int volume) {
    var id = id(volume);
    var context = volume(volume).context();
    var staging = made(staging(volume)).toString();
    var _ =
        call(new NodeStageVolume(id, attached(volume), staging, capability, Secrets.NONE, context));
    var _ =
        call(
            new NodePublishVolume(
                id,
                attached(volume),
                staging,
                target(volume),
                capability,
                false,
                Secrets.NONE,
                context));
  }

  private Volume volume(int number) {
    return Objects.requireNonNull(made.get(number));
  }

  private VolumeId id(int volume) {
    return volume(volume).id();
  }

  private Path staging(int volume) {
    return folder.resolve("staging-" + volume);
  }

  private String target(int volume) {
    return folder.resolve("target-" + volume).toString();
  }

  private static Path made(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void hide(int volume) {
    var _ = call(new NodeUnpublishVolume(id(volume), target(volume)));
    var _ = call(new NodeUnstageVolume(id(volume), staging(volume).toString()));
  }

  @Override
  public void cut(int volume) {
    var cut =
        call(
            new CreateSnapshot(
                id(volume),
                name("cut-", volume),
                Secrets.NONE,
                Map.of(),
                TopologyRequirement.NONE));
    cuts.put(volume, cut.id());
  }

  @Override
  public void copy(int volume) {
    var copy = call(wish(name("copy-", volume), new ContentSource.Volume(id(volume))));
    copies.put(volume, copy.id());
  }

  @Override
  public void removeCut(int volume) {
    var _ = call(new DeleteSnapshot(Objects.requireNonNull(cuts.get(volume)), Secrets.NONE));
  }

  @Override
  public void removeCopy(int volume) {
    var _ = call(new DeleteVolume(Objects.requireNonNull(copies.get(volume)), Secrets.NONE));
  }

  @Override
  public void delete(int volume) {
    var _ = call(new DeleteVolume(id(volume), Secrets.NONE));
  }
}
