package dev.moorage.host.sim;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Sandboxes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Simulated sandboxes. A process runs until TERM or KILL; the program `true` ends at once with 0,
/// `false` with 1, and `stubborn` takes no notice of TERM. Programs under `/usr` must be files of
/// the simulated host, other names are taken to be there.
final class SimSandboxes implements Sandboxes {
  private static final Set<String> PROGRAMS =
      Set.of("cat", "env", "false", "sh", "sleep", "stubborn", "true");
  private static final int TERM = 15;
  private static final int KILL = 9;
  private static final long NANOS_PER_TICK = 10_000_000;

  private final Kernel kernel;
  private final Door door;
  private long lastPid = 1000;

  SimSandboxes(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Sandbox start(Spec spec) {
    return door.change("sandbox start", spec.name(), () -> startNow(spec));
  }

  private Sandbox startNow(Spec spec) {
    if (kernel.processes.stream()
        .anyMatch(other -> other.isRunning() && other.sandbox.name().equals(spec.name())))
      throw new HostException(Errno.EEXIST, "sandbox " + spec.name() + " runs already");
    String program = program(spec);
    var binds = spec.binds().stream().map(this::bound).toList();
    logFile(spec.log());
    long init = ++lastPid;
    var sandbox =
        new Sandbox(
            spec.name(), ++lastPid, init, kernel.tasks.nanos() / NANOS_PER_TICK, kernel.bootId());
    var process =
        new SimProcess(
            sandbox,
            kernel.tasks.current(),
            kernel.tasks.home().newGate(),
            program.equals("stubborn"),
            binds);
    kernel.processes.add(process);
    if (program.equals("true")) process.end(0);
    if (program.equals("false")) process.end(1);
    return sandbox;
  }

  private String program(Spec spec) {
    if (spec.command().isEmpty())
      throw new HostException(Errno.EINVAL, "sandbox " + spec.name() + ": no command");
    String path = spec.command().getFirst();
    String name = Kernel.nameOf(path);
    if (path.startsWith("/usr/") && !PROGRAMS.contains(name) && kernel.find(path).isEmpty())
      throw Kernel.missing(path);
    return name;
  }

  private KernelMount bound(Bind bind) {
    var shown = kernel.at(bind.source());
    return shown.through().bind(shown, bind.target(), bind.readOnly(), null);
  }

  private void logFile(String log) {
    var parent = kernel.folderAt(Kernel.parentOf(log));
    kernel.refuseReadOnly(parent);
    Kernel.folder(parent).entries.putIfAbsent(Kernel.nameOf(log), new Node.File());
    kernel.entriesChanged(Kernel.folder(parent));
  }

  @Override
  public List<Sandbox> running(String namePrefix) {
    return door.look(
        "running",
        namePrefix,
        () ->
            kernel.processes.stream()
                .filter(SimProcess::isRunning)
                .map(process -> process.sandbox)
                .filter(sandbox -> sandbox.name().startsWith(namePrefix))
                .toList());
  }

  @Override
  public void terminate(Sandbox sandbox) {
    door.change(
        "sandbox terminate",
        sandbox.name(),
        () ->
            find(sandbox)
                .filter(process -> !process.isStubborn())
                .ifPresent(process -> process.end(128 + TERM)));
  }

  @Override
  public void kill(Sandbox sandbox) {
    door.change(
        "sandbox kill",
        sandbox.name(),
        () -> find(sandbox).ifPresent(process -> process.end(128 + KILL)));
  }

  @Override
  public boolean ended(Sandbox sandbox, Duration atMost) {
    var running =
        door.look("ended", sandbox.name(), () -> find(sandbox).filter(SimProcess::isRunning));
    return running.isEmpty() || running.get().end.await(atMost);
  }

  @Override
  public OptionalInt exitCode(Sandbox sandbox) {
    return door.look(
        "exit code",
        sandbox.name(),
        () ->
            find(sandbox)
                .filter(process -> process.starter.filter(kernel.tasks::dead).isEmpty())
                .map(SimProcess::exitCode)
                .orElse(OptionalInt.empty()));
  }

  private Optional<SimProcess> find(Sandbox sandbox) {
    return kernel.processes.stream().filter(process -> process.sandbox.equals(sandbox)).findFirst();
  }
}
