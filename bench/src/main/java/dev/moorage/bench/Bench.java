package dev.moorage.bench;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.linux.LinuxHost;
import dev.moorage.stack.stories.InstantDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Measures, and prints the table.
///
/// Arguments: the launcher `moor`, an empty folder, the number of starts, of claims with a pod, of
/// claims at once, and of such bursts. Or `driver` and an endpoint: serves the instant driver.
public final class Bench {
  private static final Duration FOREVER = Duration.ofDays(36_500);
  private static final Logger LIBRARIES = Logger.getLogger("io.grpc");

  private Bench() {}

  /// Started by `bench/up`.
  public static void main(String[] arguments) {
    LIBRARIES.setLevel(Level.OFF);
    var group = new LiveTasks().group("bench");
    if (arguments[0].equals("driver")) serve(group, arguments[1]);
    else measure(group, arguments);
    System.exit(0);
  }

  private static void serve(Group group, String endpoint) {
    var _ = new GrpcSockets(group).serve(endpoint, new InstantDriver());
    System.out.println("Ready in no time: " + endpoint);
    group.sleep(FOREVER);
  }

  private static void measure(Group group, String[] arguments) {
    var amounts =
        new Measuring.Amounts(
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    tellMachine();
    var host = new LinuxHost(group, dev.moorage.linux.Settings.DEFAULTS);
    var measuring =
        new Measuring(
            group, host, Path.of(arguments[0]), Path.of(arguments[1]), System.out::println);
    print(measuring.measure(amounts));
    group.close();
  }

  static void tellMachine() {
    System.out.println(Machine.facts());
    if (Machine.isBusy())
      System.out.println(
          "WARNING: others are busy on this machine; times are too long, rates too low.");
  }

  static void print(List<Row> rows) {
    System.out.println();
    System.out.println(Row.header());
    for (Row row : rows) System.out.println(row.line());
    System.out.printf("load at the end %.2f%n", Machine.load());
  }
}
