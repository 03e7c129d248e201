package dev.moorage.kubeclient;

import dev.moorage.base.Group;
import dev.moorage.base.Secret;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;

/// Kubeconfig files, and which of their entries count.
final class KubeconfigFiles {
  private final List<Part> parts;
  private final NamedContext context;

  private KubeconfigFiles(List<Part> parts, String wanted) {
    this.parts = parts;
    this.context = context(wanted);
  }

  /// One file.
  private record Part(Path file, Config content) {}

  /// An entry, and the file that it stands in.
  private record Entry<T>(T entry, Path file) {
    Path folder() {
      return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("/"));
    }
  }

  static KubeconfigFiles read(Access.Kubeconfig access) {
    var there = access.files().stream().filter(Files::exists).toList();
    if (there.isEmpty())
      throw new NoAccess(
          "kubeconfig not found: "
              + access.files().stream().map(Path::toString).collect(Collectors.joining(", "))
              + " (name another one with --kubeconfig or KUBECONFIG)");
    return new KubeconfigFiles(
        there.stream().map(KubeconfigFiles::part).toList(), access.context());
  }

  private static Part part(Path file) {
    try {
      Reading.text(file, "kubeconfig");
      return new Part(file, KubeConfigUtils.parseConfig(file.toFile()));
    } catch (NoAccess e) {
      throw e;
    } catch (RuntimeException e) {
      throw new NoAccess("kubeconfig " + file + " cannot be understood" + place(e));
    }
  }

  /// Where it is wrong; what stands there may be secret.
  private static String place(Throwable e) {
    return Stream.iterate(e, one -> one != null, Throwable::getCause)
        .map(KubeconfigFiles::mark)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(": it is no YAML of kind Config");
  }

  private static Optional<String> mark(Throwable e) {
    return switch (e) {
      case MarkedYamlEngineException yaml ->
          yaml.getProblemMark().map(at -> place(at.getLine() + 1, at.getColumn() + 1));
      case JacksonException json when json.getLocation() != null ->
          Optional.of(place(json.getLocation().getLineNr(), json.getLocation().getColumnNr()));
      default -> Optional.empty();
    };
  }

  private static String place(int line, int column) {
    return ": line " + line + ", column " + column;
  }

  // Entries

  private NamedContext context(String wanted) {
    var name = wanted.isEmpty() ? current() : wanted;
    return find(Config::getContexts, NamedContext::getName, name)
        .map(Entry::entry)
        .filter(one -> one.getContext() != null)
        .orElseThrow(() ->
            new NoAccess(
                "kubeconfig " + files() + " has no context \"" + name + "\"; it has " + names()));
  }

  private String current() {
    return parts.stream()
        .map(part -> text(part.content().getCurrentContext()))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new NoAccess(
                "kubeconfig "
                    + files()
                    + " has no current-context: name one with --context; it has "
                    + names()));
  }

  private String names() {
    var names =
        parts.stream()
            .flatMap(part -> stream(part.content().getContexts()))
            .map(NamedContext::getName)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private String files() {
    return parts.stream().map(part -> part.file().toString()).collect(Collectors.joining(", "));
  }

  private <T> Optional<Entry<T>> find(
      Function<Config, @Nullable List<T>> entries, Function<T, String> name, String wanted) {
    return parts.stream()
        .flatMap(part ->
            stream(entries.apply(part.content()))
                .filter(entry -> wanted.equals(name.apply(entry)))
                .map(entry -> new Entry<>(entry, part.file())))
        .findFirst();
  }

  private <T> Entry<T> named(Optional<Entry<T>> found, String what, String name) {
    return found.orElseThrow(() ->
        new NoAccess(
            "context \""
                + context.getName()
                + "\" of kubeconfig "
                + files()
                + " names "
                + what
                + " \""
                + name
                + "\", which is not there"));
  }

  private static <T> Stream<T> stream(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  // What they say

  Login login(Group group) {
    var clusterName = text(context.getContext().getCluster());
    var cluster =
        named(
            find(Config::getClusters, NamedCluster::getName, clusterName), "cluster", clusterName);
    var userName = text(context.getContext().getUser());
    var user = named(find(Config::getUsers, NamedAuthInfo::getName, userName), "user", userName);
    var config = config(cluster.entry().getCluster(), cluster.folder());
    var credentials = credentials(group, config, user.entry().getUser(), user.folder());
    var namespace = text(context.getContext().getNamespace());
    return new Login(
        config,
        Login.trimmed(config.getMasterUrl()),
        "user \"" + userName + "\" of kubeconfig " + user.file(),
        namespace.isEmpty() ? Login.DEFAULT_NAMESPACE : namespace,
        credentials);
  }

  private io.fabric8.kubernetes.client.Config config(@Nullable Cluster cluster, Path folder) {
    if (cluster == null || text(cluster.getServer()).isEmpty())
      throw new NoAccess(
          "kubeconfig " + files() + " names no server for context \"" + context.getName() + "\"");
    if (!text(cluster.getTlsServerName()).isEmpty())
      throw new NoAccess(
          "kubeconfig "
              + files()
              + ": tls-server-name is not supported; name the server as its certificate does");
    var config = Login.to(cluster.getServer());
    boolean anyCertificate = Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify());
    config.setTrustCerts(anyCertificate);
    config.setDisableHostnameVerification(anyCertificate);
    config.setCaCertData(cluster.getCertificateAuthorityData());
    config.setCaCertFile(file(folder, cluster.getCertificateAuthority(), "certificate authority"));
    if (!text(cluster.getProxyUrl()).isEmpty()) {
      config.setHttpProxy(cluster.getProxyUrl());
      config.setHttpsProxy(cluster.getProxyUrl());
    }
    return config;
  }

  private Credentials credentials(
      Group group,
      io.fabric8.kubernetes.client.Config config,
      @Nullable AuthInfo user,
      Path folder) {
    boolean readableByAll = config.getMasterUrl().startsWith("http://");
    if (user == null || readableByAll) return Credentials.NONE;
    actAs(config, user);
    config.setClientCertData(user.getClientCertificateData());
    config.setClientCertFile(file(folder, user.getClientCertificate(), "client certificate"));
    config.setClientKeyData(user.getClientKeyData());
    config.setClientKeyFile(file(folder, user.getClientKey(), "client key"));
    if (!text(user.getTokenFile()).isEmpty())
      return Credentials.file(Path.of(text(file(folder, user.getTokenFile(), "token file"))));
    if (!text(user.getToken()).isEmpty()) return Credentials.fixed(new Secret(user.getToken()));
    if (user.getExec() != null) return exec(group, config, user, folder);
    config.setUsername(user.getUsername());
    config.setPassword(user.getPassword());
    renewedByTheLibrary(config, user);
    return Credentials.NONE;
  }

  private static void actAs(io.fabric8.kubernetes.client.Config config, AuthInfo user) {
    if (text(user.getAs()).isEmpty()) return;
    config.setImpersonateUsername(user.getAs());
    config.setImpersonateGroups(stream(user.getAsGroups()).toArray(String[]::new));
    if (user.getAsUserExtra() != null) config.setImpersonateExtras(user.getAsUserExtra());
  }

  private static Credentials exec(
      Group group, io.fabric8.kubernetes.client.Config config, AuthInfo user, Path folder) {
    var exec = new ExecCredentials(group, user.getExec(), folder);
    var told = exec.told();
    if (!told.certificate().isEmpty()) {
      config.setClientCertData(Login.base64(told.certificate()));
      config.setClientKeyData(Login.base64(told.key().reveal()));
    }
    return exec;
  }

  /// OpenID Connect: fabric8 keeps the token fresh.
  private void renewedByTheLibrary(io.fabric8.kubernetes.client.Config config, AuthInfo user) {
    var provider = user.getAuthProvider();
    if (provider == null || provider.getConfig() == null) return;
    config.setCurrentContext(context);
    config.setAuthProvider(provider);
    var given = provider.getConfig();
    config.setAutoOAuthToken(given.getOrDefault("access-token", given.get("id-token")));
  }

  /// @return nothing where none is named: the library's way to say so
  private static @Nullable String file(Path folder, @Nullable String name, String what) {
    if (text(name).isEmpty()) return null;
    var file = folder.resolve(text(name));
    var _ = Reading.text(file, "the " + what);
    return file.toString();
  }
}
