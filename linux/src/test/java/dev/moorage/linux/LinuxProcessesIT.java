package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Tasks;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.host.Host;
import dev.moorage.host.Processes.Holder;
import dev.moorage.host.ProcessesContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinuxProcessesIT extends ProcessesContract {
  private final RealHost real = new RealHost();

  @Override
  protected Host host() {
    return real.host();
  }

  @Override
  protected Tasks tasks() {
    return real.tasks();
  }

  @Override
  protected String folder() {
    return real.folder();
  }

  @Override
  @AfterEach
  protected void leaveNothing() {
    super.leaveNothing();
    real.close();
  }

  @Test
  void a_port_that_is_taken_names_who_listens() throws IOException {
    for (var address : List.of("127.0.0.1", "0.0.0.0", "::1", "::")) checkPort(address);
  }

  private void checkPort(String address) throws IOException {
    int port;
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
      port = socket.getLocalPort();
      var found = host().processes().listenerOn(port);
      assertThat(found).as(address).contains(me());
    }
    assertThat(host().processes().listenerOn(port)).as(address).isEmpty();
  }

  private static Holder me() {
    return new Holder(ProcessHandle.current().pid(), "java");
  }

  @Test
  void a_socket_names_who_listens_and_a_stale_one_nobody() throws IOException {
    var path = path("a b.sock");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      SocketAddress address = UnixDomainSocketAddress.of(path);
      server.bind(address);
      assertThat(host().processes().listenerOn(path)).contains(me());
    }
    assertThat(Files.exists(Path.of(path))).isTrue();
    assertThat(host().processes().listenerOn(path)).isEmpty();
  }

  @Test
  void a_lock_of_another_process_names_that_one_until_it_is_killed() {
    try (var child = new ChildJvm(List.of(), Locker.class, path("lock"))) {
      long pid = Long.parseLong(child.line());
      assertThat(host().processes().holderOf(path("lock"))).contains(new Holder(pid, "java"));
      child.signal("KILL", pid);
      child.end();
      assertThat(host().processes().holderOf(path("lock"))).isEmpty();
    }
  }

  /// The other process: a lock, and no end.
  static final class Locker {
    private Locker() {}

    public static void main(String[] arguments) {
      var group = new LiveTasks().group("locker");
      var host = new LinuxHost(group, Settings.DEFAULTS);
      var lock = host.files().lock(arguments[0]).orElseThrow();
      System.out.println(ProcessHandle.current().pid());
      group.sleep(Duration.ofMinutes(10));
      lock.close();
    }
  }
}
