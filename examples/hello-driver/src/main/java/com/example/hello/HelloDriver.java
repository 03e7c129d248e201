package com.example.hello;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeHealth.Status;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Clones;
import dev.moorage.driver.Expands;
import dev.moorage.driver.GivesDevices;
import dev.moorage.driver.ReportsHealth;
import dev.moorage.driver.ReportsTopology;
import dev.moorage.driver.SizeRules;
import dev.moorage.driver.SnapshotRecord;
import dev.moorage.driver.Snapshots;
import dev.moorage.driver.Support;
import dev.moorage.driver.VolumeRecord;
import dev.moorage.drivermain.DriverMain;
import dev.moorage.drivermain.Given;
import dev.moorage.host.Host;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A complete CSI driver: volumes are image files in one folder, shown as loop devices.
record HelloDriver(Host host, String folder, Topology here)
    implements Snapshots, Clones, Expands, GivesDevices, ReportsTopology, ReportsHealth {

  public static void main(String[] arguments) {
    DriverMain.of("hello.example.com", "1.0.0", HelloDriver::of).run(arguments);
  }

  static HelloDriver of(Given given) {
    var here = new Topology(Map.of("topology.hello.example.com/node", given.nodeId()));
    return new HelloDriver(given.host(), given.stateDir() + "/images", here);
  }

  @Override
  public Support support() {
    return new Support(List.of("xfs", "ext4"), Support.ONE_NODE, true);
  }

  @Override
  public SizeRules sizes(String fsType) {
    var least = Bytes.mebi(fsType.equals("xfs") ? 300 : 16);
    return new SizeRules(least, Bytes.mebi(1), new Bytes(4096), Bytes.gibi(1));
  }

  @Override
  public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
    host.files().makeFolder(folder, 0700);
  }

  @Override
  public void create(VolumeRecord volume) {
    remove(volume.id().text());
    allocate(volume.id().text(), volume.size());
  }

  @Override
  public void delete(VolumeRecord volume) {
    remove(volume.id().text());
  }

  @Override
  public void expand(VolumeRecord volume, Bytes size) {
    allocate(volume.id().text(), size);
  }

  @Override
  public void cut(SnapshotRecord snapshot, VolumeRecord source) {
    copy(source.id().text(), snapshot.id().text(), snapshot.size());
  }

  @Override
  public void restore(VolumeRecord volume, SnapshotRecord source) {
    copy(source.id().text(), volume.id().text(), volume.size());
  }

  @Override
  public void copy(VolumeRecord volume, VolumeRecord source) {
    copy(source.id().text(), volume.id().text(), volume.size());
  }

  @Override
  public void delete(SnapshotRecord snapshot) {
    remove(snapshot.id().text());
  }

  @Override
  public List<VolumeHealth.Entry> health(VolumeRecord volume) {
    if (exists(volume.id())) return List.of();
    return List.of(new VolumeHealth.Entry(Status.DATA_LOSS, "ImageMissing", "its image is gone"));
  }

  @Override
  public boolean exists(VolumeId volume) {
    return host.files().look(image(volume.text())).isPresent();
  }

  @Override
  public Optional<String> device(VolumeId volume) {
    return host.loops().first(image(volume.text())).map(Loop::device);
  }

  @Override
  public String connect(VolumeId volume) {
    refresh(volume);
    var image = image(volume.text());
    return device(volume).orElseGet(() -> host.loops().attach(image, Options.FENCED).device());
  }

  @Override
  public void disconnect(VolumeId volume) {
    device(volume).ifPresent(host.loops()::detach);
  }

  @Override
  public void refresh(VolumeId volume) {
    device(volume).ifPresent(host.loops()::refresh);
  }

  private String image(String id) {
    return folder + "/" + id + ".img";
  }

  private void allocate(String id, Bytes size) {
    host.files().allocate(image(id), size);
    host.filesystems().sync(folder);
  }

  private void copy(String from, String to, Bytes size) {
    remove(to);
    host.files().copy(image(from), image(to));
    allocate(to, size);
  }

  private void remove(String id) {
    host.files().removeFile(image(id));
    host.filesystems().sync(folder);
  }
}
