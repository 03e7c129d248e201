/// **Store**: what the registry must not forget, as a log of numbered writes.
///
/// - Comes in: writes in the order of their revisions, several at once.
/// - Goes out: the same writes at the next start; trees as JSON text and back ([TreeJson]).
/// - A file that is damaged, newer or of another program is refused and stays as it is
///   ([SqliteCheck]); a full disk fails writes until there is room.
/// - Bodies of [Log]: [MemoryLog] (tests, simulation), [SqliteLog] (a file).
/// - Never: answers queries (memory is the database), knows a kind, decides anything.
package dev.moorage.kubeserver.store;
