package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.VolumeId;

/// What this driver knows of a volume's filesystem.
///
/// @param formatting the intent of a format: until it is done, the content is nobody's and may be
///   overwritten
/// @param size the device size that the filesystem fills
record FilesystemRecord(VolumeId volume, String type, boolean formatting, Bytes size) {}
