package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.linux.HolderTables.Lock;
import org.junit.jupiter.api.Test;

class HolderTablesTest {
  private static final String TCP =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:192B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 128 1 0 100 0 0 10 0
         1: 0100007F:192B 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 129 1 0 20 4 30 10 -1
         2: 020200C0:192C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 130 1 0 100 0 0 10 0
      """;

  private static final String UNIX =
      """
      Num       RefCount Protocol Flags    Type St Inode Path
      00000000b8527180: 00000003 00000000 00000000 0001 03   125
      00000000b8527181: 00000002 00000000 00010000 0001 01   126 /run/a b.sock
      00000000b8527182: 00000003 00000000 00000000 0001 03   127 /run/a b.sock
      """;

  @Test
  void only_who_listens_holds_a_port_and_only_where_loopback_reaches() {
    assertThat(HolderTables.portListeners(TCP, 6443)).containsExactly(128L);
    assertThat(HolderTables.portListeners(TCP, 6444)).isEmpty();
    assertThat(HolderTables.portListeners("", 6443)).isEmpty();
  }

  @Test
  void only_who_listens_holds_a_socket() {
    assertThat(HolderTables.socketListeners(UNIX, "/run/a b.sock")).containsExactly(126L);
    assertThat(HolderTables.socketListeners(UNIX, "/run/a")).isEmpty();
  }

  @Test
  void who_waits_for_a_lock_does_not_hold_it() {
    var table =
        "1: FLOCK  ADVISORY  WRITE 15039 fe:10:99 0 EOF\n1: -> FLOCK  ADVISORY  WRITE 7 fe:10:99 0 EOF\n";
    assertThat(HolderTables.locks(table)).containsExactly(new Lock(15039, 0xfe, 0x10, 99));
  }

  @Test
  void a_machine_is_read_from_its_files() {
    assertThat(LinuxMachine.prettyName("ID=x\nPRETTY_NAME=\"A B 12\"\n")).contains("A B 12");
    assertThat(LinuxMachine.prettyName("PRETTY_NAME=Plain\n")).contains("Plain");
    assertThat(LinuxMachine.memoryIn("MemTotal:       24683656 kB\nMemFree: 1 kB\n").count())
        .isEqualTo(24683656L * 1024);
    assertThat(LinuxMachine.architecture("aarch64")).isEqualTo("arm64");
  }
}
