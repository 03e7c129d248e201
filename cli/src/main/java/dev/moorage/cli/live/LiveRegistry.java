package dev.moorage.cli.live;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.host.Host;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.registry.Settings;
import dev.moorage.kubeserver.store.SqliteLog;
import java.nio.file.Path;

/// Opens the API's registry on its database file.
public final class LiveRegistry {
  private LiveRegistry() {}

  /// Opens it; it ends with the group.
  ///
  /// @param folder made if missing, for its owner only; holds `state.db` and what belongs to it
  /// @throws dev.moorage.kubeserver.store.StoreException when the file cannot be had or read
  public static Registry open(Group group, Host host, Path folder) {
    host.files().makeFolder(folder.toString(), 0700);
    // SQLite unpacks a library; a killed run's copy is found, and goes, with its folder.
    System.setProperty("org.sqlite.tmpdir", folder.toString());
    var log = SqliteLog.open(group, folder.resolve("state.db"));
    return Registry.open(group, log, new LiveEntropy(), Settings.DEFAULT);
  }
}
