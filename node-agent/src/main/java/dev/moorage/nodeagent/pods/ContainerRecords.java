package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.host.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// All container records of this node, on a ledger.
final class ContainerRecords {
  private final Ledger ledger;

  ContainerRecords(Ledger ledger) {
    this.ledger = ledger;
  }

  Optional<ContainerRecord> find(String uid, String container) {
    return ledger.find(uid + "." + container).map(ContainerRecord::read);
  }

  void write(ContainerRecord record) {
    ledger.put(record.key(), record.write());
  }

  void forget(String uid) {
    for (var record : all()) if (record.uid().equals(uid)) ledger.remove(record.key());
  }

  boolean knows(String uid) {
    return all().stream().anyMatch(record -> record.uid().equals(uid));
  }

  /// Uids of the pods that had this key, sorted.
  List<String> uids(ObjectKey pod) {
    return all().stream()
        .filter(record -> record.pod().equals(pod))
        .map(ContainerRecord::uid)
        .distinct()
        .sorted()
        .toList();
  }

  /// Uids of all pods on record, sorted.
  SortedSet<String> uids() {
    var uids = new TreeSet<String>();
    for (var record : all()) uids.add(record.uid());
    return uids;
  }

  private List<ContainerRecord> all() {
    return ledger.entries().values().stream().map(ContainerRecord::read).toList();
  }
}
