package dev.moorage.csi;

/// Whether a volume is well, in the words of CSI 1.12; 1.13 has [VolumeHealth] instead.
///
/// @param message why, for people
public record VolumeCondition(boolean abnormal, String message) {}
