package dev.moorage.csi;

/// A driver's id of a node, from `NodeGetInfo`: at most 256 bytes.
///
/// @param text empty where a request leaves it out (in ControllerUnpublishVolume: all nodes)
public record NodeId(String text) {
  @Override
  public String toString() {
    return text;
  }
}
