package dev.moorage.csi;

/// `Controller.DeleteSnapshot`: removes a snapshot; a missing one is fine.
public record DeleteSnapshot(SnapshotId snapshot, Secrets secrets) implements CsiCall<Done> {
  @Override
  public Class<Done> answer() {
    return Done.class;
  }

  @Override
  public String subject() {
    return snapshot.text();
  }
}
