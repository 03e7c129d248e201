package dev.moorage.kubeclient;

import dev.moorage.base.Group;
import dev.moorage.base.Secret;
import dev.moorage.kube.Tree;
import io.fabric8.kubernetes.api.model.ExecConfig;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// Credentials that a command tells (`users[].user.exec`), kept until they expire. What it writes
/// on its standard error goes to ours: it is meant for the user.
final class ExecCredentials implements Credentials {
  private static final Duration AT_MOST = Duration.ofMinutes(1);
  private static final int MOST_BYTES = 1 << 20;

  private final Group group;
  private final ExecConfig exec;
  private final Path folder;
  private Optional<Told> told = Optional.empty(); // guarded by this

  /// @param folder of the kubeconfig: what a relative command is relative to
  ExecCredentials(Group group, ExecConfig exec, Path folder) {
    this.group = group;
    this.exec = exec;
    this.folder = folder;
  }

  /// What the command told.
  ///
  /// @param expires empty: they hold until the server refuses them
  record Told(Secret token, String certificate, Secret key, Optional<Instant> expires) {}

  @Override
  public Optional<Secret> token() {
    var token = told().token();
    return token.reveal().isEmpty() ? Optional.empty() : Optional.of(token);
  }

  @Override
  public synchronized boolean renew() {
    told = Optional.empty();
    return true;
  }

  /// The credentials that hold now.
  Told told() {
    var now = group.tasks().now();
    var kept = kept().filter(one -> one.expires().filter(now::isAfter).isEmpty());
    return kept.orElseGet(() -> keep(run()));
  }

  private synchronized Optional<Told> kept() {
    return told;
  }

  private synchronized Told keep(Told fresh) {
    told = Optional.of(fresh);
    return fresh;
  }

  private Told run() {
    var process = start();
    try {
      var output =
          group
              .start("credentials", () -> process.getInputStream().readNBytes(MOST_BYTES))
              .await(AT_MOST);
      if (output.isEmpty()) throw failed("did not end within " + AT_MOST.toSeconds() + " s");
      var bytes = output.get();
      process.getInputStream().close();
      int code = process.waitFor();
      if (code != 0) throw failed("ended with code " + code);
      return told(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed("cannot be read: " + Reading.reason(e));
    } catch (InterruptedException leave) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() {
    var line = new ArrayList<String>();
    line.add(command());
    if (exec.getArgs() != null) line.addAll(exec.getArgs());
    var builder = new ProcessBuilder(line).redirectError(Redirect.INHERIT);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    if (exec.getEnv() != null)
      exec.getEnv().forEach(one -> builder.environment().put(one.getName(), one.getValue()));
    builder.environment().put("KUBERNETES_EXEC_INFO", info());
    try {
      return builder.start();
    } catch (IOException e) {
      throw failed("cannot be started" + hint());
    }
  }

  private String command() {
    var command = exec.getCommand();
    boolean relative = command.contains("/") && !command.startsWith("/");
    return relative ? folder.resolve(command).normalize().toString() : command;
  }

  private String info() {
    return TreeJson.write(
        Tree.object(
            "kind",
            "ExecCredential",
            "apiVersion",
            exec.getApiVersion(),
            "spec",
            Tree.object("interactive", false)));
  }

  private Told told(String output) {
    var credential = parsed(output);
    var status = credential.at("status");
    if (!credential.text("apiVersion").equals(exec.getApiVersion()))
      throw failed(
          "speaks apiVersion "
              + credential.text("apiVersion")
              + " and not "
              + exec.getApiVersion());
    var told =
        new Told(
            new Secret(status.text("token")),
            status.text("clientCertificateData"),
            new Secret(status.text("clientKeyData")),
            expires(status.text("expirationTimestamp")));
    if (told.token().reveal().isEmpty() && told.certificate().isEmpty())
      throw failed("told neither a token nor a certificate");
    return told;
  }

  private Tree parsed(String output) {
    try {
      return TreeJson.read(output);
    } catch (TreeJson.Malformed e) {
      throw failed("wrote no ExecCredential: " + e.getMessage());
    }
  }

  private Optional<Instant> expires(String text) {
    if (text.isEmpty()) return Optional.empty();
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      throw failed("told no time as expirationTimestamp");
    }
  }

  private NoAccess failed(String how) {
    return new NoAccess("the command for credentials, " + exec.getCommand() + ", " + how);
  }

  private String hint() {
    var hint = exec.getInstallHint();
    return hint == null || hint.isBlank() ? ": is it installed?" : ": " + hint.strip();
  }
}
