package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.VolumeId;

/// What this driver knows of a volume's filesystem.
///
/// @param size the device size that the filesystem fills
record FilesystemRecord(VolumeId volume, String type, State state, Bytes size) {

  /// How far it is.
  enum State {
    /// The intent of a format: until it is done, the content is nobody's and may be overwritten.
    FORMATTING("formatting"),
    MADE("made"),
    /// The kernel did not grow it while it was mounted: it grows when it is staged next.
    GROWS_UNMOUNTED("grows unmounted");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /// As the ledger has it.
    @Override
    public String toString() {
      return text;
    }

    static State of(String text) {
      for (var state : values()) if (state.text.equals(text)) return state;
      return MADE;
    }
  }

  /// A filesystem that fills a device of this size.
  static FilesystemRecord filling(VolumeId volume, String type, Bytes size) {
    return new FilesystemRecord(volume, type, State.MADE, size);
  }

  FilesystemRecord in(State next) {
    return new FilesystemRecord(volume, type, next, size);
  }
}
