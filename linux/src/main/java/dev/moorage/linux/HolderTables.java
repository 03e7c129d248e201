package dev.moorage.linux;

import java.util.List;
import java.util.Set;

/// The kernel's tables of sockets and locks, read from their text.
///
/// Source: `proc_net_tcp`, `unix` and `locks` in `proc(5)`.
final class HolderTables {
  private static final String LISTENS = "0A";

  /// `__SO_ACCEPTCON`.
  private static final int ACCEPTS = 0x10000;

  /// 127.0.0.1 and all addresses as these tables print them, on machines of either byte order.
  private static final Set<String> REACHED_BY_LOOPBACK =
      Set.of(
          "00000000",
          "0100007F",
          "7F000001",
          "00000000000000000000000000000000",
          "00000000000000000000000001000000",
          "00000000000000000000000000000001",
          "0000000000000000FFFF00000100007F",
          "00000000000000000000FFFF7F000001");

  private HolderTables() {}

  /// A lock that is held.
  ///
  /// @param pid who took it
  record Lock(long pid, int major, int minor, long inode) {}

  /// Sockets that listen on a TCP port.
  static List<Long> portListeners(String table, int port) {
    var wanted = "%04X".formatted(port);
    return table
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields.length > 9 && fields[3].equals(LISTENS))
        .filter(fields -> isAt(fields[1], wanted))
        .map(fields -> Long.parseLong(fields[9]))
        .toList();
  }

  private static boolean isAt(String address, String port) {
    int colon = address.lastIndexOf(':');
    return address.substring(colon + 1).equals(port)
        && REACHED_BY_LOOPBACK.contains(address.substring(0, Math.max(0, colon)));
  }

  /// Sockets that listen at a path.
  static List<Long> socketListeners(String table, String path) {
    return table
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s+", 8)) // a path may hold spaces
        .filter(fields -> fields.length == 8 && fields[7].equals(path))
        .filter(fields -> (Integer.parseInt(fields[3], 16) & ACCEPTS) != 0)
        .map(fields -> Long.parseLong(fields[6]))
        .toList();
  }

  /// Locks that are held; those that wait for them (`->`) are left out.
  static List<Lock> locks(String table) {
    return table
        .lines()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields.length > 5 && !fields[1].equals("->"))
        .map(HolderTables::lock)
        .toList();
  }

  private static Lock lock(String[] fields) {
    var file = fields[5].split(":", -1);
    return new Lock(
        Long.parseLong(fields[4]),
        Integer.parseInt(file[0], 16),
        Integer.parseInt(file[1], 16),
        Long.parseLong(file[2]));
  }
}
