package dev.moorage.csi;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.csi.CsiException.Code;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A driver whose identity and capabilities are read once, and again after each reconnect: a
/// restarted driver may have other ones. May be called from any task.
public final class KnownDriver {
  private static final Backoff KNOCKING = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
  private static final int READS_IN_A_ROW = 3;

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
    return await(group, () -> name(csi, atMost), heard);
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
    var now = read();
    last.ifPresent(before -> refuseAnother(before.facts.name, now.facts.name));
    synchronized (this) {
      known = now;
    }
    return now.facts;
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
    var name = name(connection, atMost);
    var plugin = connection.call(new GetPluginCapabilities(), atMost);
    boolean controls = plugin.has(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
    return new Facts(
        name,
        plugin.capabilities(),
        controls
            ? connection.call(new ControllerGetCapabilities(), atMost).capabilities()
            : Set.of());
  }

  private static String name(Csi csi, Duration atMost) {
    var name = csi.call(new GetPluginInfo(), atMost).name();
    if (name.isEmpty())
      throw new CsiException(Code.INTERNAL, "GetPluginInfo: the driver answered no name");
    return name;
  }

  private void probe() {
    if (!connection.call(new Probe(), atMost).ready())
      throw new CsiException(Code.UNAVAILABLE, "Probe: the driver is not ready yet");
  }
}
