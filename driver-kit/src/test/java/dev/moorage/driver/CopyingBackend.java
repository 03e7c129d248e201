package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.host.Host;
import java.util.ArrayList;
import java.util.List;

/// A backend of images that are copied one after the other.
class CopyingBackend extends ImageBackend implements GroupSnapshots, Clones {
  private final Host host;

  /// What was copied, in order.
  final List<String> copied = new ArrayList<>();

  /// Happens in the middle of every copy.
  Runnable meanwhile = () -> {};

  /// Happens when a clone is finished.
  Runnable after = () -> {};

  CopyingBackend(Host host) {
    super(host);
    this.host = host;
  }

  @Override
  public void cut(SnapshotRecord snapshot, VolumeRecord source) {
    copy(source.id().text(), snapshot.id().text());
  }

  @Override
  public void cutTogether(List<Cut> cuts) {
    for (var cut : cuts) cut(cut.snapshot(), cut.source());
  }

  @Override
  public void copy(VolumeRecord volume, VolumeRecord source) {
    copy(source.id().text(), volume.id().text());
  }

  @Override
  public void finishCopy(VolumeRecord volume) {
    after.run();
  }

  private void copy(String from, String to) {
    host.files().removeFile(image(to));
    host.files().copy(image(from), image(to));
    copied.add(from);
    meanwhile.run();
  }

  @Override
  public void restore(VolumeRecord volume, SnapshotRecord source) {
    throw new CsiException(Code.UNIMPLEMENTED, "nothing is restored here");
  }

  @Override
  public void delete(SnapshotRecord snapshot) {
    host.files().removeFile(image(snapshot.id().text()));
  }

  private static String image(String id) {
    return FOLDER + "/" + id + ".img";
  }
}
