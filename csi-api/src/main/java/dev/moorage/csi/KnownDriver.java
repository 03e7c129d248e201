package dev.moorage.csi;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.csi.CsiException.Code;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A driver whose identity and capabilities are read once, and again after each reconnect: a
/// restarted driver may have other ones. May be called from any task.
public final class KnownDriver {
  private static final Backoff KNOCKING = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
  private static final int READS_IN_A_ROW = 3;
  private static final int MOST_NAME_CHARS = 63;
  private static final Pattern NAME =
      Pattern.compile(
          "[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*");

  private final CsiConnections.Connection connection;
  private final Duration atMost;
  private @Nullable Known known; // guarded by this

  private record Known(Facts facts, long epoch) {}

  /// What a driver says of itself.
  ///
  /// @param plugin capabilities of the driver as a whole
  /// @param controller capabilities of its controller service, none without that service
  public record Facts(
      String name,
      Set<GetPluginCapabilities.Capability> plugin,
      Set<ControllerGetCapabilities.Capability> controller) {
    public Facts {
      plugin = Set.copyOf(plugin);
      controller = Set.copyOf(controller);
    }

    /// Whether the driver as a whole has a capability.
    public boolean has(GetPluginCapabilities.Capability capability) {
      return plugin.contains(capability);
    }

    /// Whether the controller service has a capability.
    public boolean has(ControllerGetCapabilities.Capability capability) {
      return controller.contains(capability);
    }
  }

  private KnownDriver(CsiConnections.Connection connection, Duration atMost) {
    this.connection = connection;
    this.atMost = atMost;
  }

  /// Waits until a driver answers who it is and that it is ready; asks again, every second at the
  /// latest, for as long as it does not.
  ///
  /// @param atMost time for each call
  /// @param heard told of each failure that differs from the last one
  public static KnownDriver await(
      Group group,
      CsiConnections.Connection connection,
      Duration atMost,
      Consumer<CsiException> heard) {
    var driver = new KnownDriver(connection, atMost);
    await(
        group,
        () -> {
          driver.probe();
          driver.facts();
          return driver;
        },
        heard);
    return driver;
  }

  /// Waits until a driver says its name, and no more: what a registrar needs.
  public static String awaitName(
      Group group, Csi csi, Duration atMost, Consumer<CsiException> heard) {
    return await(group, () -> askName(csi, atMost), heard);
  }

  private static <R> R await(Group group, Callable<R> ask, Consumer<CsiException> heard) {
    var last = Optional.<Code>empty();
    for (int failures = 1; ; failures++) {
      try {
        return ask.call();
      } catch (CsiException notYet) {
        if (!last.equals(Optional.of(notYet.code()))) heard.accept(notYet);
        last = Optional.of(notYet.code());
      } catch (RuntimeException failed) {
        throw failed;
      } catch (Exception checked) {
        throw new IllegalStateException("asking a driver throws no checked exception", checked);
      }
      group.sleep(KNOCKING.after(failures));
    }
  }

  /// The driver's name and capabilities, read again when the connection is a new one.
  ///
  /// @throws CsiException when they cannot be read, or (FAILED_PRECONDITION) when another driver
  ///   now answers at the same socket
  public Facts facts() {
    var last = last();
    if (last.isPresent() && last.get().epoch == connection.epoch()) return last.get().facts;
    var now = last.isPresent() ? readAgain(last.get().facts.name) : read();
    synchronized (this) {
      known = now;
    }
    return now.facts;
  }

  private Known readAgain(String name) {
    try {
      var now = read();
      refuseAnother(name, now.facts.name);
      return now;
    } catch (CsiException silent) {
      throw new CsiException(
          silent.code(),
          "driver "
              + name
              + " has come back and does not say what it can do: "
              + silent.getMessage()
              + "; it is asked again",
          silent);
    }
  }

  /// The driver's name, as it was when it was last asked.
  ///
  /// @throws IllegalStateException before the first [#facts]
  public String name() {
    return last().orElseThrow(() -> new IllegalStateException("nobody was asked yet")).facts.name;
  }

  /// The driver by its name: failures name it, and an answer counts only when the driver that
  /// answers is still the one of this name.
  public Csi csi() {
    var named = new NamedCsi(name(), connection);
    return new Csi() {
      @Override
      public <R> R call(CsiCall<R> call, Duration atMost) {
        R answer = named.call(call, atMost);
        checkWho(call);
        return answer;
      }
    };
  }

  /// A call that made the connection anew may have come to another driver at the same socket.
  private void checkWho(CsiCall<?> call) {
    try {
      var _ = facts();
    } catch (CsiException notTold) {
      throw new CsiException(
          Code.UNAVAILABLE,
          call.rpc() + " was answered, but by whom is not known: " + notTold.getMessage(),
          notTold);
    }
  }

  private synchronized Optional<Known> last() {
    return Optional.ofNullable(known);
  }

  private static void refuseAnother(String before, String now) {
    if (!before.equals(now))
      throw new CsiException(
          Code.FAILED_PRECONDITION,
          "the socket of driver "
              + before
              + " now leads to driver "
              + now
              + "; start the sidecars again for that one");
  }

  /// Reads within one epoch: a driver that restarts in between would be a mixture of two.
  private Known read() {
    for (int reads = 1; ; reads++) {
      long epoch = connection.epoch();
      var facts = ask();
      if (epoch == connection.epoch() || reads == READS_IN_A_ROW) return new Known(facts, epoch);
    }
  }

  private Facts ask() {
    var name = askName(connection, atMost);
    var plugin = capabilities(new GetPluginCapabilities(), Answered.NOTHING_GENERAL);
    boolean controls = plugin.has(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
    var controller =
        controls
            ? capabilities(new ControllerGetCapabilities(), Answered.NOTHING_CENTRAL)
            : Answered.NOTHING_CENTRAL;
    return new Facts(name, plugin.capabilities(), controller.capabilities());
  }

  /// What a driver answers that has nothing to tell.
  private static final class Answered {
    static final GetPluginCapabilities.Answer NOTHING_GENERAL =
        new GetPluginCapabilities.Answer(Set.of());
    static final ControllerGetCapabilities.Answer NOTHING_CENTRAL =
        new ControllerGetCapabilities.Answer(Set.of());

    private Answered() {}
  }

  /// A driver that does not even know the question can do nothing of it; its users are told so,
  /// each where he asks for something.
  private <R> R capabilities(CsiCall<R> question, R none) {
    try {
      return connection.call(question, atMost);
    } catch (CsiException unknown) {
      if (unknown.code() == Code.UNIMPLEMENTED) return none;
      throw unknown;
    }
  }

  /// Asks a driver its name.
  ///
  /// @throws CsiException when it does not answer, or (INTERNAL) answers what cannot be one
  public static String askName(Csi csi, Duration atMost) {
    var name = csi.call(new GetPluginInfo(), atMost).name();
    if (name.isEmpty())
      throw new CsiException(Code.INTERNAL, "GetPluginInfo: the driver answered no name");
    if (!isName(name))
      throw new CsiException(
          Code.INTERNAL,
          "GetPluginInfo: the driver calls itself \""
              + name
              + "\"; a name is a domain name of at most "
              + MOST_NAME_CHARS
              + " letters, digits, dashes and dots");
    return name;
  }

  /// Whether a text can be a driver's name: it becomes part of paths and of annotations' names.
  /// Source: CSI specification, `GetPluginInfo`, and Kubernetes, `ValidateCSIDriverName`.
  public static boolean isName(String text) {
    return text.length() <= MOST_NAME_CHARS && NAME.matcher(text).matches();
  }

  /// A driver without a probe is taken as ready: its calls will tell.
  private void probe() {
    if (!capabilities(new Probe(), new Probe.Answer(true)).ready())
      throw new CsiException(Code.UNAVAILABLE, "Probe: the driver is not ready yet");
  }
}
