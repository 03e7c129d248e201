package dev.moorage.cli.up;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.live.LiveBodies;
import dev.moorage.cli.up.StateFolder.Kept;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.Host;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kubeserver.http.ApiServer;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import dev.moorage.stack.stories.InstantDriver;
import dev.moorage.stack.stories.Manifests;
import dev.moorage.stack.stories.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
    ask(api.front());
    claim(process, new LiveBodies(api.registry(), host).kube(process, "rehearsal"));
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

  /// As kubectl would. Not by the client of ours: `up` does not need its many classes.
  private static void ask(ApiServer.Running front) {
    try {
      var url = URI.create(front.url() + "/api/v1/nodes").toURL();
      var connection = (HttpsURLConnection) url.openConnection();
      connection.setSSLSocketFactory(trusting(front.caCertificate()).getSocketFactory());
      connection.setRequestProperty("Authorization", "Bearer " + front.token().reveal());
      try (var answer = connection.getInputStream()) {
        answer.readAllBytes();
      }
    } catch (IOException | GeneralSecurityException failed) {
      throw new CommandFailed("the API does not answer: " + failed.getMessage());
    }
  }

  private static SSLContext trusting(String pem) throws IOException, GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "ca", CertificateFactory.getInstance("X.509").generateCertificate(bytes));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
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
