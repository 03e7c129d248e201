package dev.moorage.cli.up;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.up.StateFolder.Kept;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.Host;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kubeclient.Access;
import dev.moorage.kubeclient.KubeClient;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import dev.moorage.stack.stories.InstantDriver;
import dev.moorage.stack.stories.Manifests;
import dev.moorage.stack.stories.Waiting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `moor rehearse FOLDER`: the simulated demo, then a short life of a house that needs no rights
/// and touches nothing outside its folder: real API, real sockets, a driver whose volumes are
/// nothing.
///
/// The launcher lets it run once, for the JVM to note which classes a house needs: later starts
/// find them read and linked.
@Command(name = "rehearse", hidden = true, description = "Runs a house that does nothing.")
public final class RehearseCommand implements Callable<Integer> {
  private static final String NODE = "rehearsal";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Parameters(paramLabel = "FOLDER", description = "An empty folder, to be thrown away.")
  private Path path = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public RehearseCommand() {}

  @Override
  public Integer call() {
    int simulated =
        Objects.requireNonNull(spec.root().subcommands().get("demo")).execute("--simulated");
    var tasks = new LiveTasks();
    try (var process = tasks.group("rehearsal")) {
      PrintWriter out = spec.commandLine().getOut();
      play(process, new StepLines(out, tasks, StepLines.Told.ALL));
    }
    return simulated;
  }

  private void play(Group process, StepLines lines) {
    Host host = new LinuxHost(process, Settings.DEFAULTS);
    var folder = StateFolder.made(host, path);
    var api = Api.start(process.group("api"), host, folder, new Kept(NODE, 0), OptionalInt.of(0));
    var endpoint = "unix://" + folder.path().resolve("driver.sock");
    var _ = new GrpcSockets(process).serve(endpoint, new InstantDriver());
    var house = new House(process, host, folder, api.registry(), lines);
    house.start(NODE, settings(folder, endpoint));
    var access = new Access.Kubeconfig(List.of(folder.kubeconfig()), "");
    var settings = dev.moorage.kubeclient.Settings.DEFAULT;
    claim(process, KubeClient.connect(process, access, settings).kube());
    house.rest(PATIENCE).forEach(lines::say);
  }

  private static UpSettings settings(StateFolder folder, String endpoint) {
    return new UpSettings(
        folder.path(),
        List.of(endpoint),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        StepLines.Told.ALL);
  }

  /// A claim comes and goes.
  private static void claim(Group process, Kube kube) {
    var waiting = new Waiting(kube, process, PATIENCE);
    var key = new ObjectKey(Manifests.NAMESPACE, "claim");
    var _ = kube.create(Kinds.STORAGE_CLASS, Manifests.immediateClass("class", InstantDriver.NAME));
    var _ = kube.create(Kinds.CLAIM, Manifests.claim(key.name(), "class", Bytes.gibi(1)));
    var claim = waiting.until(Kinds.CLAIM, key, "is bound", PersistentVolumeClaim::bound);
    kube.delete(Kinds.STORAGE_CLASS, ObjectKey.cluster("class"), Deletion.ANY);
    kube.delete(Kinds.CLAIM, key, Deletion.ANY);
    waiting.gone(Kinds.VOLUME, ObjectKey.cluster(claim.volumeName()));
  }
}
