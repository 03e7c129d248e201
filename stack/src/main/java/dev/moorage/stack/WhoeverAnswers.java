package dev.moorage.stack;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.KnownDriver;
import java.time.Duration;
import java.util.Optional;

/// Runs one sidecar for the driver at an endpoint, whichever that is: a foreign driver may come
/// late, go away, and come back under another name. A sidecar works for one name; under another one
/// it is ended and started anew.
///
/// @param role the sidecar's word
/// @param endpoint where the driver is expected
record WhoeverAnswers(String role, String endpoint, Names names, Journal journal) {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /// How often the driver is asked its name although nobody else asks it anything.
  private static final Duration KNOCK = Duration.ofSeconds(10);

  /// How often while nobody answers.
  private static final Duration KNOCK_AGAIN = Duration.ofSeconds(1);

  /// How a sidecar starts; it returns at once.
  @FunctionalInterface
  interface Sidecar {
    void start(Group group, Connection connection);
  }

  /// Whom a sidecar works for.
  enum Scope {
    /// The driver on its node. It starts anew when the driver was, because the node's id and place
    /// may be other ones; officially both are containers of one pod.
    NODE,
    /// The driver's volumes everywhere: no second one may work for a name. It starts anew when the
    /// driver is back, so that nothing waits out a back-off which is for a driver that answers; the
    /// official ones end with the connection for the same reason.
    CENTRAL
  }

  /// Starts in the background; returns at once.
  void start(Group group, Connection connection, Scope scope, Sidecar sidecar) {
    var _ = group.start(role + " keeper", () -> keep(group, connection, scope, sidecar));
  }

  private boolean keep(Group group, Connection connection, Scope scope, Sidecar sidecar) {
    while (true) {
      var name = KnownDriver.awaitName(group, connection, ANSWER, this::notYet);
      switch (scope) {
        case NODE -> serve(group, connection, name, scope, sidecar);
        case CENTRAL -> serveAlone(group, connection, name, sidecar);
      }
    }
  }

  private void serveAlone(Group group, Connection connection, String name, Sidecar sidecar) {
    if (!names.take(role, name, endpoint)) {
      note(
          What.FAILED,
          name,
          "another endpoint serves a driver of this name already; this one is not used");
      awaitAnother(group, connection, name, Scope.NODE);
      return;
    }
    try {
      serve(group, connection, name, Scope.CENTRAL, sidecar);
    } finally {
      names.leave(role, name, endpoint);
    }
  }

  private void serve(
      Group group, Connection connection, String name, Scope scope, Sidecar sidecar) {
    try (var inner = group.group(name)) {
      sidecar.start(inner, connection);
      note(What.DONE, name, awaitAnother(group, connection, name, scope) + "; starting anew");
    }
  }

  /// Waits until another name answers, or the same one as the scope says.
  ///
  /// @return what was seen
  private static String awaitAnother(Group group, Connection connection, String name, Scope scope) {
    long epoch = connection.epoch();
    boolean silent = false;
    while (true) {
      group.sleep(silent ? KNOCK_AGAIN : KNOCK);
      var now = nameNow(connection);
      if (now.isPresent() && !now.get().equals(name))
        return "driver " + now.get() + " answers at its endpoint now";
      boolean anew =
          switch (scope) {
            case NODE -> connection.epoch() != epoch;
            case CENTRAL -> silent;
          };
      if (now.isPresent() && anew) return "it answers again";
      silent = now.isEmpty();
    }
  }

  private static Optional<String> nameNow(Connection connection) {
    try {
      return Optional.of(KnownDriver.askName(connection, ANSWER));
    } catch (CsiException silent) {
      return Optional.empty();
    }
  }

  private void notYet(CsiException failure) {
    note(What.FAILED, endpoint, String.valueOf(failure.getMessage()));
  }

  private void note(What what, String on, String why) {
    journal.note(new Entry(what, role, "reach driver", on, why));
  }
}
