package dev.moorage.driver;

import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;

/// What the sides of one driver share.
record Kit(
    Driver.Settings settings,
    Backend backend,
    Host host,
    Records records,
    KeyLocks locks,
    Journal journal) {

  static final String ACTOR = "driver";

  /// The volume that callers may use.
  ///
  /// @throws dev.moorage.csi.CsiException NOT_FOUND
  VolumeRecord usable(VolumeId id) {
    if (VolumeIds.safe(id)) {
      var found = records.volume(id).filter(VolumeRecord::usable);
      if (found.isPresent()) return found.get();
    }
    throw Refusals.notFound("there is no volume " + id);
  }

  /// Refuses a volume that the node cannot use, whichever side this process serves.
  ///
  /// @throws dev.moorage.csi.CsiException NOT_FOUND
  void checkUsable(VolumeId id, GivesDevices devices) {
    if (settings.mode() != Driver.Mode.NODE) usable(id);
    else if (!VolumeIds.safe(id) || !devices.exists(id))
      throw Refusals.notFound("there is no volume " + id);
  }

  void decided(String step, VolumeId on, String why) {
    journal.note(new Entry(What.DECIDED, ACTOR, step, on.text(), why));
  }

  void failed(String step, VolumeId on, String why) {
    journal.note(new Entry(What.FAILED, ACTOR, step, on.text(), why));
  }
}
