package dev.moorage.csi;

/// `Controller.GetSnapshot`: one snapshot.
public record GetSnapshot(SnapshotId snapshot, Secrets secrets) implements CsiCall<Snapshot> {
  @Override
  public Class<Snapshot> answer() {
    return Snapshot.class;
  }

  @Override
  public String subject() {
    return snapshot.text();
  }
}
