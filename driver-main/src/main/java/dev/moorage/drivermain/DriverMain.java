package dev.moorage.drivermain;

import dev.moorage.base.live.LiveTasks;
import dev.moorage.driver.Backend;
import dev.moorage.host.HostException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The main of a driver.
///
/// ```java
/// public static void main(String[] arguments) {
///   DriverMain.of("hello.example.dev", "1.0", given -> new HelloBackend(given.host()))
///       .run(arguments);
/// }
/// ```
///
/// Ends the process with 0 when it was told to end (SIGTERM, SIGINT), with 1 when it cannot serve,
/// with 2 when its arguments are wrong. A driver whose storage cannot be opened goes on serving:
/// `Probe` says why, until it can.
public final class DriverMain {
  private static final int GOOD = 0;
  private static final int FAILED = 1;
  private static final int WRONG = 2;
  private static final Logger LIBRARIES = Logger.getLogger("io.grpc");
  private static final Path HOST_NAME = Path.of("/etc/hostname");

  private final String name;
  private final String version;
  private final Made made;
  private final List<Flag> flags;
  private final List<String> own;

  /// Makes a backend of what the process was given.
  @FunctionalInterface
  public interface Made {
    /// Called once, before the socket is served. Touches nothing yet: [Backend#open] does.
    ///
    /// @throws IllegalArgumentException naming the flag that is wrong
    Backend make(Given given);
  }

  private DriverMain(String name, String version, Made made, List<Flag> flags, List<String> own) {
    this.name = name;
    this.version = version;
    this.made = made;
    this.flags = List.copyOf(flags);
    this.own = List.copyOf(own);
  }

  /// A driver with the flags that every driver has.
  ///
  /// @param name the driver's name where no flag says another
  /// @param version the vendor's version of it
  public static DriverMain of(String name, String version, Made made) {
    return new DriverMain(name, version, made, Options.flags(name), List.of());
  }

  /// The same with one more flag, of the vendor's own; read it with [Given#flag].
  ///
  /// @param flag without dashes, in kebab-case
  /// @param takes what its value looks like, for the help, e.g. `SIZE`
  /// @param byDefault its value where it is not given
  /// @param help one sentence
  public DriverMain flag(String flag, String takes, String byDefault, String help) {
    if (flags.stream().anyMatch(other -> other.name().equals(flag)))
      throw new IllegalArgumentException("there is a flag --" + flag + " already");
    var more = new ArrayList<>(flags);
    more.add(new Flag(flag, takes, byDefault, help));
    var owned = new ArrayList<>(own);
    owned.add(flag);
    return new DriverMain(name, version, made, more, owned);
  }

  /// The same with another default of a flag that every driver has.
  public DriverMain withDefault(String flag, String byDefault) {
    if (flags.stream().noneMatch(other -> other.name().equals(flag)))
      throw new IllegalArgumentException("there is no flag --" + flag);
    var changed =
        flags.stream()
            .map(other -> other.name().equals(flag) ? other.withDefault(byDefault) : other)
            .toList();
    return new DriverMain(name, version, made, changed, own);
  }

  /// Runs the driver and ends the process.
  public void run(String... arguments) {
    LIBRARIES.setLevel(Level.OFF); // what goes wrong on a connection is its caller's to say
    System.exit(code(List.of(arguments), System.getenv(), System.out, System.err));
  }

  int code(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      var given = Arguments.read(flags, arguments);
      if (given.has(Options.HELP)) return said(out, help());
      if (given.has(Options.VERSION)) return said(out, name + " " + version);
      return serve(options(given, environment), err);
    } catch (WrongUse wrong) {
      err.println(name + ": " + wrong.getMessage());
      err.println("All flags: --help");
      return WRONG;
    }
  }

  private static int said(PrintStream out, String text) {
    out.println(text);
    return GOOD;
  }

  private String help() {
    var help = new StringBuilder("The CSI driver " + name + ", version " + version + ". Flags:\n");
    flags.forEach(flag -> help.append('\n').append(flag.lines()));
    return help.toString();
  }

  private Options options(Arguments given, Map<String, String> environment) {
    var owned = new TreeMap<String, String>();
    own.forEach(flag -> owned.put(flag, given.text(flag)));
    return Options.of(given, version, environment, hostName(), owned);
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(HOST_NAME).strip());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /// Serves until the process is told to end.
  private int serve(Options options, PrintStream err) {
    var tasks = new LiveTasks();
    var log = new LogLines(err, tasks, options.verbosity());
    var process = new DriverProcess(options, log, tasks);
    try {
      process.start(made);
    } catch (StartFailed | HostException failed) {
      process.close();
      log.error("driver", "Cannot start", "err", String.valueOf(failed.getMessage()));
      return FAILED;
    } catch (IllegalArgumentException wrong) {
      process.close();
      throw new WrongUse(String.valueOf(wrong.getMessage()));
    }
    endWith(process);
    process.await();
    return GOOD;
  }

  /// The JVM would end with the signal's number; who was told to end and did so ends well.
  private static void endWith(DriverProcess process) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.close();
                  Runtime.getRuntime().halt(GOOD);
                },
                "end"));
  }
}
