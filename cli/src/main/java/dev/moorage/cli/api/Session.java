package dev.moorage.cli.api;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kubeclient.KubeClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/// A connected command: the server, the namespace, and the two places to write to.
final class Session {
  private final Group group;
  private final KubeClient client;
  private final Optional<String> asked;
  private final PrintWriter out;
  private final PrintWriter err;
  private int exitCode;

  /// @param asked the namespace that the command line names
  Session(
      Group group, KubeClient client, Optional<String> asked, PrintWriter out, PrintWriter err) {
    this.group = group;
    this.client = client;
    this.asked = asked;
    this.out = out;
    this.err = err;
  }

  Group group() {
    return group;
  }

  KubeClient client() {
    return client;
  }

  /// The namespace that the command line names.
  Optional<String> askedNamespace() {
    return asked;
  }

  String namespace() {
    return asked.orElseGet(client::namespace);
  }

  /// Where an object of this name would be.
  ObjectKey key(Kind<?> kind, String name) {
    return new ObjectKey(kind.namespaced() ? namespace() : "", name);
  }

  PrintWriter out() {
    return out;
  }

  void say(List<String> lines) {
    lines.forEach(out::println);
  }

  /// Whether somebody still reads what was said.
  boolean shown() {
    return !out.checkError(); // flushes, too
  }

  /// A remark beside the answer.
  void remark(String line) {
    out.flush();
    err.println(line);
  }

  void failed(KubeException refused) {
    failed(Sentences.of(refused));
  }

  void failed(String sentence) {
    remark(sentence);
    exitCode = 1;
  }

  int exitCode() {
    return exitCode;
  }
}
