package dev.moorage.cli.api;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.kubeclient.Access;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which of the places that could name a server counts.
///
/// @param named what `--kubeconfig` says
/// @param stateGiven whether `--state` was given, which counts more than the environment
/// @param house the kubeconfig of the house in the state folder
/// @param environment what `KUBECONFIG` holds: several files, or nothing
/// @param home the user's own kubeconfig
/// @param pod the service account of the pod that this process runs in
record WhichServer(
    Optional<Path> named,
    boolean stateGiven,
    Path house,
    String environment,
    Path home,
    Optional<Access> pod) {

  /// @param readable whether there is a file that can be read
  /// @param context empty for the current one
  /// @throws CommandFailed when nothing names a server
  Access access(Predicate<Path> readable, String context) {
    if (named.isPresent()) return new Access.Kubeconfig(List.of(named.get()), context);
    if (stateGiven) return new Access.Kubeconfig(List.of(started(readable)), context);
    var files = files();
    if (!files.isEmpty()) return new Access.Kubeconfig(files, context);
    for (var file : List.of(house, home))
      if (readable.test(file)) return new Access.Kubeconfig(List.of(file), context);
    return pod.orElseThrow(() ->
        new CommandFailed(
            "no server to ask: KUBECONFIG is not set, and neither "
                + house
                + " nor "
                + home
                + " can be read. Start a server with ./moor up, or name one with --kubeconfig FILE"));
  }

  private Path started(Predicate<Path> readable) {
    if (readable.test(house)) return house;
    throw new CommandFailed(
        house
            + " cannot be read: has a house been started there? Start it with ./moor up --state "
            + house.getParent());
  }

  private List<Path> files() {
    return Arrays.stream(environment.split(File.pathSeparator, -1))
        .filter(part -> !part.isBlank())
        .map(Path::of)
        .toList();
  }
}
