package dev.moorage.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Pod processes, each in namespaces of its own that hold nothing of the host's mount table.
public interface Sandboxes {

  /// What to run.
  ///
  /// @param name unique on the host; findable in the running process, so that a start whose answer
  ///   was lost can be found again
  /// @param command program and arguments, run as they are, without a shell
  /// @param workingDir empty for `/`
  /// @param binds what is shown inside
  /// @param log the file that takes what the process says
  record Spec(
      String name,
      List<String> command,
      Map<String, String> env,
      String workingDir,
      List<Bind> binds,
      String log) {
    public Spec {
      command = List.copyOf(command);
      env = Map.copyOf(env);
      binds = List.copyOf(binds);
    }
  }

  /// A file or folder of the host shown inside.
  record Bind(String source, String target, boolean readOnly) {}

  /// A started sandbox: what must be recorded to know it again.
  ///
  /// @param pid the container's own process: TERM goes to it
  /// @param init the sandbox's first process: KILL goes to it
  /// @param initStart when the init started, in clock ticks since boot; together with `bootId` it
  ///   tells a reused pid apart
  record Sandbox(String name, long pid, long init, long initStart, String bootId) {}

  /// Starts a process in a sandbox; it outlives this program.
  ///
  /// @throws HostException NO_TOOL when bubblewrap is missing, EEXIST when one of this name runs,
  ///   ENOENT when the program is not there
  Sandbox start(Spec spec);

  /// Sandboxes of this host whose name begins so, running now, whoever started them.
  List<Sandbox> running(String namePrefix);

  /// Asks the container's own process to end (TERM). A sandbox that has ended is fine.
  void terminate(Sandbox sandbox);

  /// Ends everything in the sandbox (KILL to its init). A sandbox that has ended is fine.
  void kill(Sandbox sandbox);

  /// Waits for the end.
  ///
  /// @return whether it has ended, with nothing of it left
  boolean ended(Sandbox sandbox, Duration atMost);

  /// The exit code of a sandbox that has ended and was started by this process; 128 + n for an end
  /// by signal n; empty otherwise.
  OptionalInt exitCode(Sandbox sandbox);
}
