package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.base.Secret;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.live.Remains;
import dev.moorage.host.Files.Lock;
import dev.moorage.host.Host;
import dev.moorage.nodeagent.NodeAgent;
import dev.moorage.nodeagent.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A folder that holds one house's state, and where what lies in it.
///
/// Its file `moorage.state` says that it is one, in which format, and what must stay the same from
/// start to start: the node's name and the API's port.
final class StateFolder {
  /// Where the state is kept unless somebody says otherwise.
  static final String DEFAULT = "/var/lib/moorage";

  private static final int FORMAT = 1;
  private static final String MARK = "moorage.state";
  private static final String LOCK = "run.lock";
  private static final String NOTE = "run.note";

  private final Host host;
  private final Path path;

  private StateFolder(Host host, Path path) {
    this.host = host;
    this.path = path;
  }

  /// What must stay the same from start to start.
  ///
  /// @param node the Node's name; empty before the first start
  /// @param port of the API; 0 before it first listened
  record Kept(String node, int port) {}

  /// The folder at a path, made if missing.
  ///
  /// @throws CommandFailed when it holds something else, or state of a newer version
  static StateFolder made(Host host, Path path) {
    try {
      if (!Files.exists(path)) host.files().makeFolder(path.toAbsolutePath().toString(), 0700);
      var folder = checked(new StateFolder(host, path.toRealPath()));
      if (folder.kept().isEmpty()) folder.keep(new Kept("", 0)); // from now on it is known as ours
      return folder;
    } catch (IOException refused) {
      throw new CommandFailed("--state " + path + " cannot be used: " + refused.getMessage());
    }
  }

  /// The folder at a path, if a house's state is there.
  ///
  /// @throws CommandFailed when it holds something else, or state of a newer version
  static Optional<StateFolder> existing(Host host, Path path) {
    try {
      if (!Files.exists(path)) return Optional.empty();
      return Optional.of(checked(new StateFolder(host, path.toRealPath())));
    } catch (IOException refused) {
      throw new CommandFailed("--state " + path + " cannot be read: " + refused.getMessage());
    }
  }

  private static StateFolder checked(StateFolder folder) {
    if (!Files.isDirectory(folder.path))
      throw new CommandFailed("--state " + folder.path + " is no folder");
    var mark = folder.host.files().read(folder.in(MARK));
    if (mark.isPresent()) refuseNewer(folder.path, mark.get());
    else refuseStranger(folder);
    return folder;
  }

  private static void refuseNewer(Path path, String mark) {
    var format = KeyLines.of(mark).getOrDefault("format", "nothing");
    if (format.equals(Integer.toString(FORMAT))) return;
    throw new CommandFailed(
        path
            + " holds state of format "
            + format
            + "; this moor reads format "
            + FORMAT
            + ". Nothing was touched. Use the newer moor, or start anew with another --state DIR");
  }

  private static void refuseStranger(StateFolder folder) {
    var others =
        folder.host.files().names(folder.path.toString()).stream()
            .filter(name -> !name.equals(LOCK))
            .limit(3)
            .toList();
    if (!others.isEmpty())
      throw new CommandFailed(
          folder.path
              + " is no state of moor's: it holds "
              + String.join(", ", others)
              + ". Nothing was touched. Choose an empty or new folder with --state DIR");
  }

  /// Takes the folder for this process.
  ///
  /// @return empty when another process has it
  Optional<Lock> lock() {
    return host.files().lock(lockFile().toString());
  }

  /// What to say when another process has it.
  static CommandFailed busy(StateFolder folder) {
    var holder = folder.note().flatMap(note -> note.process().map(_ -> note));
    return new CommandFailed(
        folder.path
            + " is in use"
            + holder.map(note -> ": moor up runs there as process " + note.pid()).orElse("")
            + ". See it with ./moor status"
            + StateOption.words(folder.path)
            + ", or start another house with another --state DIR");
  }

  Path lockFile() {
    return path.resolve(LOCK);
  }

  Path path() {
    return path;
  }

  /// Empty before the first start.
  Optional<Kept> kept() {
    return host.files().read(in(MARK)).map(KeyLines::of).map(this::kept);
  }

  private Kept kept(Map<String, String> lines) {
    try {
      return new Kept(
          lines.getOrDefault("node", ""), Integer.parseInt(lines.getOrDefault("port", "0")));
    } catch (NumberFormatException damaged) {
      throw new CommandFailed(
          in(MARK)
              + " is damaged: its port is no number. Nothing was touched. Mend that line (port=0 takes any port) and try again");
    }
  }

  void keep(Kept kept) {
    var lines = new LinkedHashMap<String, String>();
    lines.put("format", Integer.toString(FORMAT));
    lines.put("node", kept.node());
    lines.put("port", Integer.toString(kept.port()));
    host.files().write(in(MARK), KeyLines.text(lines));
  }

  /// What the run that has the folder, or had it last, noted.
  Optional<RunNote> note() {
    return host.files().read(in(NOTE)).flatMap(RunNote::read);
  }

  void note(RunNote note) {
    host.files().write(in(NOTE), note.text());
  }

  void forgetNote() {
    host.files().removeFile(in(NOTE));
  }

  Path api() {
    return path.resolve("api");
  }

  /// The node agent's root.
  String kubelet() {
    return in("kubelet");
  }

  /// Whether a driver of ours has its state here already.
  boolean hasDrivers() {
    return Files.exists(path.resolve("drivers"));
  }

  String driver(String name) {
    return in("drivers/" + name);
  }

  Path kubeconfig() {
    return path.resolve("kubeconfig");
  }

  Path log() {
    return path.resolve("up.log");
  }

  private String in(String name) {
    return path.resolve(name).toString();
  }

  /// What of the house is on this machine outside a process of moor's.
  Remains remains(Group group) {
    var prefix =
        kept()
            .map(Kept::node)
            .filter(node -> !node.isEmpty())
            .map(node -> NodeAgent.sandboxPrefix(Settings.of(node, kubelet())));
    return new Remains(host, group, path, prefix);
  }

  Optional<Secret> secret(String name) {
    return host.files().read(in(name)).map(Secret::new);
  }

  void writeSecret(String name, Secret text) {
    host.files().write(in(name), text.reveal());
  }
}
