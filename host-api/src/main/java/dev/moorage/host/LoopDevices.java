package dev.moorage.host;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.Optional;

/// Block devices over files.
public interface LoopDevices {

  /// How to attach.
  ///
  /// @param sectorBytes logical sector size: always 4096 here, else a volume cannot be mounted
  ///   after its first clone
  /// @param lock whether to hold an exclusive `flock` on the image for as long as the device is
  ///   attached
  /// @param discard whether the device takes discards: they free the image's blocks, and turn one
  ///   that was allocated in full into a sparse one
  record Options(int sectorBytes, boolean readOnly, boolean lock, boolean discard) {
    /// Writable, locked, with sectors of 4096 bytes, without discards.
    public static final Options FENCED = new Options(4096, false, true, false);

    /// The same for reading only.
    public Options forReading() {
      return new Options(sectorBytes, true, lock, discard);
    }

    /// The same with or without discards.
    public Options withDiscard(boolean taken) {
      return new Options(sectorBytes, readOnly, lock, taken);
    }
  }

  /// Attaches an image to a free device, with direct I/O where the host allows it.
  ///
  /// @throws HostException EAGAIN when another holds the image's lock (it is in use elsewhere),
  ///   ENOENT when it is missing
  Loop attach(String image, Options options);

  /// The devices over this very file.
  List<Loop> over(String image);

  /// All attached devices.
  List<Loop> all();

  /// Detaches, and verifies that the device let go of its file.
  ///
  /// @throws HostException EBUSY when the device is still open or mounted, ENXIO when it is not
  ///   attached
  void detach(String device);

  /// Lets a device see its file's new size.
  void refresh(String device);

  /// Writes what the kernel holds of an attached device into its image.
  void flush(String device);

  /// Lets an attached device refuse discards from now on. Only a new attach lets it take them
  /// again.
  void refuseDiscards(String device);

  /// One attached device.
  ///
  /// @param device its path, e.g. `/dev/loop3`
  /// @param image its file; ends with ` (deleted)` when the file was removed
  /// @param size what the device shows
  /// @param discard whether it takes discards
  record Loop(String device, String image, Bytes size, boolean directIo, boolean discard) {}

  /// The device over this very file, where there is exactly one or more: the first.
  default Optional<Loop> first(String image) {
    return over(image).stream().findFirst();
  }
}
