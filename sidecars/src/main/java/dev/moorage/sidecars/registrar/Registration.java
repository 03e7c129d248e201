package dev.moorage.sidecars.registrar;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.base.Stopped;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.PluginSockets;
import dev.moorage.csi.PluginSockets.PluginInfo;
import java.time.Duration;

/// Keeps a registration socket open, and opens a new one when the kubelet could not use it.
final class Registration {
  private static final Duration LONG = Duration.ofHours(1);

  private final Group group;
  private final PluginSockets sockets;
  private final Registrar.Settings settings;
  private final Journal journal;
  private final PluginInfo info;

  private int failures; // guarded by this

  Registration(
      Group group,
      PluginSockets sockets,
      Registrar.Settings settings,
      Journal journal,
      PluginInfo info) {
    this.group = group;
    this.sockets = sockets;
    this.settings = settings;
    this.journal = journal;
    this.info = info;
  }

  /// Works until the group ends.
  void keep() {
    while (true) {
      showUntilRefused();
      group.sleep(settings.retry().after(failures()));
    }
  }

  private void showUntilRefused() {
    var refused = group.newGate();
    try (AutoCloseable _ =
        sockets.serve(
            settings.socketOf(info.name()), info, (well, error) -> hear(well, error, refused))) {
      while (!refused.await(LONG)) {}
    } catch (Stopped stopped) {
      throw stopped;
    } catch (CsiException cannotServe) {
      failed();
      Registrar.note(journal, What.FAILED, "serve registration", info.name(), cannotServe);
    } catch (RuntimeException broken) {
      throw broken;
    } catch (Exception notClosed) {
      throw new CsiException(
          Code.INTERNAL, "closing the registration socket of " + info.name(), notClosed);
    }
  }

  /// Called by whoever serves the socket, from any task.
  private void hear(boolean well, String error, Gate refused) {
    if (well) succeeded();
    else failed();
    journal.note(
        new Entry(well ? What.DONE : What.FAILED, Registrar.ACTOR, "register", info.name(), error));
    if (!well) refused.open();
  }

  private synchronized int failures() {
    return failures;
  }

  private synchronized void failed() {
    failures++;
  }

  private synchronized void succeeded() {
    failures = 0;
  }
}
