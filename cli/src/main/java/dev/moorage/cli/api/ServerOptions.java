package dev.moorage.cli.api;

import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.up.StateOption;
import dev.moorage.kube.KubeException;
import dev.moorage.kubeclient.Access;
import dev.moorage.kubeclient.KubeClient;
import dev.moorage.kubeclient.NoAccess;
import dev.moorage.kubeclient.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that say which server is asked, and in which namespace.
final class ServerOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Which server, and who asks (default: KUBECONFIG; then the house's; then ~/.kube/config; then the pod's account).")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "A context of the kubeconfig (default: its current one).")
  private String context = "";

  @Mixin private StateOption state = new StateOption();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Where objects are looked for (default: the context's, else default).")
  private @Nullable String namespace;

  /// What is said with a server.
  interface Conversation {
    /// Problems of single objects are told to the session, and end nothing else.
    void hold(Session session);
  }

  /// Understands the rest of the command line, connects, and holds a conversation.
  ///
  /// @param preparation may throw IllegalArgumentException: wrong use
  /// @return the exit code
  int ask(CommandSpec spec, Supplier<Conversation> preparation) {
    var command = spec.commandLine();
    var conversation = prepared(command, preparation);
    boolean stateGiven = command.getParseResult().hasMatchedOption("--state");
    var choice =
        new WhichServer(
            Optional.ofNullable(kubeconfig),
            stateGiven,
            state.kubeconfig(),
            environment("KUBECONFIG").orElse(""),
            Path.of(System.getProperty("user.home", "/"), ".kube", "config"),
            pod());
    try (var group = new LiveTasks().group("moor")) {
      var access = choice.access(Files::isReadable, context);
      var client = KubeClient.connect(group, access, Settings.DEFAULT);
      var session =
          new Session(
              group, client, Optional.ofNullable(namespace), command.getOut(), command.getErr());
      hold(conversation, session);
      session.out().flush();
      return session.exitCode();
    } catch (NoAccess none) {
      throw new CommandFailed(String.valueOf(none.getMessage()));
    }
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  /// Kubernetes tells every pod where its server is.
  private static Optional<Access> pod() {
    var port = environment("KUBERNETES_SERVICE_PORT").filter(text -> text.matches("\\d{1,5}"));
    return environment("KUBERNETES_SERVICE_HOST")
        .flatMap(host ->
            port.map(text ->
                new Access.InCluster(host, Integer.parseInt(text), Access.InCluster.ACCOUNT)));
  }

  private static Conversation prepared(CommandLine command, Supplier<Conversation> preparation) {
    try {
      return preparation.get();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, wrong.getMessage());
    }
  }

  private static void hold(Conversation conversation, Session session) {
    try {
      conversation.hold(session);
    } catch (KubeException refused) {
      session.failed(refused);
    }
  }
}
