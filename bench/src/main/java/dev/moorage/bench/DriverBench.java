package dev.moorage.bench;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.linux.LinuxHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Measures the loop driver behind its socket, and prints the table.
///
/// Arguments: the launcher `moor`, an empty folder, the number of laps, of volumes at once, and the
/// pool's size. Or `ping` and a socket: sends back each byte.
public final class DriverBench {
  private static final Logger LIBRARIES = Logger.getLogger("io.grpc");

  private DriverBench() {}

  /// Started by `bench/driver`.
  ///
  /// @throws IOException when a socket cannot be served
  public static void main(String[] arguments) throws IOException {
    LIBRARIES.setLevel(Level.OFF);
    if (arguments[0].equals("ping"))
      Ping.serve(Path.of(arguments[1]), () -> System.out.println("Ready in no time"));
    else measure(new LiveTasks().group("bench"), arguments);
    System.exit(0);
  }

  private static void measure(Group group, String[] arguments) {
    var amounts =
        new DriverMeasuring.Amounts(
            Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), arguments[4]);
    Bench.tellMachine();
    var host = new LinuxHost(group, dev.moorage.linux.Settings.DEFAULTS);
    var measuring =
        new DriverMeasuring(
            group, host, Path.of(arguments[0]), Path.of(arguments[1]), System.out::println);
    Bench.print(measuring.measure(amounts));
    group.close();
  }
}
