package dev.moorage.host;

/// Where ledgers are.
public interface Ledgers {
  /// Opens a ledger, making it if missing. One opener at a time.
  ///
  /// @throws HostException EIO when a record in the middle is damaged (a torn last record is cut
  ///   off: it was never acknowledged), EINVAL when it was written by a newer version, EAGAIN when
  ///   another has it open
  Ledger open(String path);
}
