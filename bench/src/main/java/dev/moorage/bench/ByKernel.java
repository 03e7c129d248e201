package dev.moorage.bench;

import dev.moorage.host.Host;
import dev.moorage.host.LoopDevices.Options;
import java.nio.file.Path;
import java.util.List;

/// The same by direct calls, in the same pool and with the same sizes and options: what remains of
/// a driver without rpcs, checks, ledgers and locks.
final class ByKernel implements Volumes {
  private static final int MODE = 0750;

  private final Host host;
  private final Path pool;
  private final Path folder;
  private final Sort sort;

  /// @param pool a folder on the pool's filesystem
  /// @param folder for mount points
  ByKernel(Host host, Path pool, Path folder, Sort sort) {
    this.host = host;
    this.pool = pool;
    this.folder = folder;
    this.sort = sort;
  }

  private String image(String what, int volume) {
    return pool.resolve("floor-" + what + volume + ".img").toString();
  }

  private String volume(int volume) {
    return image("", volume);
  }

  private String staging(int volume) {
    return folder.resolve("floor-staging-" + volume).toString();
  }

  private String target(int volume) {
    return folder.resolve("floor-target-" + volume).toString();
  }

  private void sync() {
    host.filesystems().sync(pool.toString());
  }

  @Override
  public void create(int volume) {
    if (sort.thick()) host.files().allocate(volume(volume), sort.size());
    else host.files().extend(volume(volume), sort.size());
    sync();
  }

  @Override
  public void attach(int volume) {}

  @Override
  public void detach(int volume) {}

  @Override
  public void show(int volume) {
    var device = host.loops().attach(volume(volume), options()).device();
    host.filesystems().format(device, sort.fsType(), List.of());
    host.files().makeFolder(staging(volume), MODE);
    host.mounts().mount(device, staging(volume), sort.fsType(), List.of());
    host.files().makeFolder(target(volume), MODE);
    host.mounts().bind(staging(volume), target(volume), false);
  }

  private Options options() {
    return Options.FENCED.withDiscard(!sort.thick());
  }

  @Override
  public void hide(int volume) {
    var device = host.mounts().at(staging(volume)).orElseThrow().source();
    host.mounts().unmount(target(volume));
    host.files().removeFolder(target(volume));
    host.mounts().unmount(staging(volume));
    host.loops().detach(device);
  }

  @Override
  public void cut(int volume) {
    host.files().clone(volume(volume), image("cut-", volume));
    sync();
  }

  @Override
  public void copy(int volume) {
    var copy = image("copy-", volume);
    host.files().clone(volume(volume), copy);
    var device = host.loops().attach(copy, options()).device();
    host.filesystems().renewId(device, sort.fsType());
    host.loops().detach(device);
    sync();
  }

  @Override
  public void removeCut(int volume) {
    remove(image("cut-", volume));
  }

  @Override
  public void removeCopy(int volume) {
    remove(image("copy-", volume));
  }

  @Override
  public void delete(int volume) {
    remove(volume(volume));
  }

  private void remove(String image) {
    host.files().removeFile(image);
    sync();
  }
}
