package dev.moorage.cli.driver;

import dev.moorage.driver.Backend;
import dev.moorage.drivermain.DriverMain;
import dev.moorage.drivermain.Given;
import dev.moorage.drivers.btrfs.BtrfsDriver;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.drivers.pool.Pool;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;

/// Our drivers by their names on the command line.
public final class Drivers {
  private static final int WRONG = 2;
  private static final String POOL_SIZE = "pool-size";
  private static final String HELP =
      """
      Serves one of our CSI drivers as a process of its own: moor driver NAME FLAGS

        loop    volumes in image files of a pool, devices as loops over them
        btrfs   volumes as subvolumes with a limit, folders without devices

      The flags of a driver: moor driver NAME --help\
      """;

  private Drivers() {}

  /// `driver NAME FLAGS`, started without any class that other commands need.
  public static void main(String[] arguments) {
    run(version(), Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  /// The version of this build: the jar's own.
  public static String version() {
    var version = Drivers.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  /// Runs the driver that the first word names, with the other words as its flags, and ends the
  /// process.
  ///
  /// @param version what the driver tells as its version
  public static void run(String version, String... words) {
    var named = words.length == 0 ? Optional.<DriverMain>empty() : driver(words[0], version);
    named.ifPresentOrElse(
        driver -> driver.run(Arrays.copyOfRange(words, 1, words.length)),
        () -> System.exit(explain(System.out, System.err, words)));
  }

  static int explain(PrintStream out, PrintStream err, String... words) {
    if (words.length > 0 && words[0].matches("--?h(elp)?|help")) {
      out.println(HELP);
      return 0;
    }
    err.println(
        words.length == 0
            ? "moor: say which driver, for example: ./moor driver loop --help"
            : "moor: there is no driver " + words[0] + "; ./moor driver --help lists them");
    return WRONG;
  }

  /// Each driver's own flags and defaults.
  static Optional<DriverMain> driver(String name, String version) {
    return switch (name) {
      case "loop" ->
          Optional.of(
              inPool(
                  DriverMain.of(LoopDriver.Settings.DEFAULT_NAME, version, Drivers::loop),
                  LoopDriver.Settings.DEFAULT_MAX_VOLUMES));
      case "btrfs" ->
          Optional.of(
              inPool(
                  DriverMain.of(BtrfsDriver.Settings.DEFAULT_NAME, version, Drivers::btrfs),
                  BtrfsDriver.Settings.DEFAULT_MAX_VOLUMES));
      default -> Optional.empty();
    };
  }

  private static DriverMain inPool(DriverMain driver, int maxVolumes) {
    return driver
        .withDefault("max-volumes", Integer.toString(maxVolumes))
        .flag(
            POOL_SIZE,
            "SIZE",
            Pool.Settings.DEFAULT_SIZE.toString(),
            "Size of the pool when it is made, allocated in full; at least 512Mi.");
  }

  private static Backend loop(Given given) {
    var settings = given.settings();
    return LoopDriver.backend(
        given.host(),
        new LoopDriver.Settings(
            settings.name(),
            settings.version(),
            settings.nodeId(),
            settings.stateDir(),
            given.size(POOL_SIZE),
            settings.maxVolumes()),
        given.journal());
  }

  private static Backend btrfs(Given given) {
    var settings = given.settings();
    return BtrfsDriver.backend(
        given.host(),
        new BtrfsDriver.Settings(
            settings.name(),
            settings.version(),
            settings.nodeId(),
            settings.stateDir(),
            given.size(POOL_SIZE),
            settings.maxVolumes()));
  }
}
