package dev.moorage.linux;

import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Sandboxes;
import dev.moorage.linux.Settings.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Pod processes under bubblewrap.
///
/// Three processes make a sandbox: bubblewrap outside, which only waits; its init, the first
/// process of the pid namespace; and the container's own, the second one. All are in a session of
/// their own, so that neither this program's end nor a terminal's interrupt reaches them.
final class LinuxSandboxes implements Sandboxes {
  private static final int TERM = 15;
  private static final int KILL = 9;

  /// How long a start that died half-way (or is under way elsewhere) is waited for, and how long
  /// bubblewrap may take to tell an end.
  private static final Duration HALF_STARTED = Duration.ofSeconds(2);

  private final Kernel kernel;
  private final Fate fate;
  private final String bootId;
  private final SandboxChildren children = new SandboxChildren();

  LinuxSandboxes(Kernel kernel, String bootId) {
    this.kernel = kernel;
    this.fate = kernel.settings().sandboxes();
    this.bootId = bootId;
  }

  @Override
  public Sandbox start(Spec spec) {
    var bwrap = Tools.path("bwrap", "bubblewrap");
    return kernel
        .group()
        .tasks()
        .effect("sandbox start", spec.name(), () -> startUnlessRunning(bwrap, spec));
  }

  private Sandbox startUnlessRunning(String bwrap, Spec spec) {
    if (runningNow(spec.name()).stream().anyMatch(other -> other.name().equals(spec.name()))) {
      throw Errnos.failure(Errno.EEXIST.number(), "starting sandbox " + spec.name());
    }
    kernel.inLane(fate, "asking for ended sandboxes", calls -> children.reap(calls.processes()));
    var begin =
        kernel.inLane(
            fate,
            "starting sandbox " + spec.name(),
            calls -> SandboxStart.begin(calls.processes(), bwrap, spec));
    return untilItRuns(spec, begin);
  }

  private Sandbox untilItRuns(Spec spec, SandboxStart begun) {
    if (begun.init() == 0) throw begun.failure(spec, endOf(begun));
    children.add(begun.init(), begun.initStart(), begun.outer());
    long own = begun.init();
    var pause = new Pause(kernel.group(), kernel.settings().starting());
    while (true) {
      var end = children.exitCode(kernel.calls().processes(), begun.init(), begun.initStart());
      var found = SandboxProcesses.own(begun.init());
      if (found.isPresent()) own = found.get();
      var sandbox = new Sandbox(spec.name(), own, begun.init(), begun.initStart(), bootId);
      if (end.isPresent()) return ended(spec, begun, sandbox, end.get());
      if (found.isPresent() && SandboxProcesses.isItself(own, begun.init())) return sandbox;
      if (!pause.again()) {
        signalInit(sandbox);
        throw Errnos.failure(Errno.ETIMEDOUT.number(), "starting sandbox " + spec.name());
      }
    }
  }

  /// Quick commands have ended before anyone could look; one that never began has said why.
  private static Sandbox ended(Spec spec, SandboxStart begun, Sandbox sandbox, int code) {
    if (begun.neverRan(spec, code)) throw begun.failure(spec, code);
    return sandbox;
  }

  private int endOf(SandboxStart begun) {
    var pause = new Pause(kernel.group(), HALF_STARTED);
    while (true) {
      var code = kernel.calls().processes().exitCode(begun.outer());
      if (code.isPresent()) return code.get();
      if (!pause.again()) return -1;
    }
  }

  @Override
  public List<Sandbox> running(String namePrefix) {
    kernel.group().tasks().refuseTheDead();
    return runningNow(namePrefix);
  }

  /// A start that was cut short by a crash goes on without us, and shows a moment later.
  private List<Sandbox> runningNow(String namePrefix) {
    var pause = new Pause(kernel.group(), HALF_STARTED);
    while (true) {
      var seen = kernel.inLane(fate, "listing sandboxes", _ -> SandboxProcesses.named(namePrefix));
      boolean complete =
          !seen.starting() && seen.inits().stream().allMatch(init -> init.own().isPresent());
      if (complete || !pause.again()) return sandboxes(seen.inits());
    }
  }

  private List<Sandbox> sandboxes(List<SandboxProcesses.Init> inits) {
    var sandboxes = new ArrayList<Sandbox>();
    for (var init : inits) {
      long own = init.own().orElse(init.pid());
      sandboxes.add(new Sandbox(init.name(), own, init.pid(), init.start(), bootId));
    }
    return List.copyOf(sandboxes);
  }

  @Override
  public void terminate(Sandbox sandbox) {
    kernel.changeOnly(
        fate,
        "sandbox terminate",
        sandbox.name(),
        calls -> {
          if (!isAlive(sandbox)) return;
          // Held first and looked at then: what is held cannot become another process.
          var own = SandboxProcesses.own(sandbox.init());
          if (own.isEmpty()) return;
          var held = calls.processes().process(own.get());
          if (held.isEmpty()) return;
          try (var process = held.get()) {
            boolean same = SandboxProcesses.own(sandbox.init()).equals(own);
            if (isAlive(sandbox) && same) calls.processes().signal(process, TERM);
          }
        });
  }

  @Override
  public void kill(Sandbox sandbox) {
    kernel.changeOnly(fate, "sandbox kill", sandbox.name(), calls -> signalInit(calls, sandbox));
  }

  private void signalInit(Sandbox sandbox) {
    kernel.inLane(fate, "killing sandbox " + sandbox.name(), calls -> signalInit(calls, sandbox));
  }

  private boolean signalInit(Syscalls calls, Sandbox sandbox) {
    var held = calls.processes().process(sandbox.init());
    if (held.isEmpty()) return false;
    try (var init = held.get()) {
      if (isAlive(sandbox)) calls.processes().signal(init, KILL);
    }
    return true;
  }

  private boolean isAlive(Sandbox sandbox) {
    return sandbox.bootId().equals(bootId)
        && ProcessTable.find(sandbox.init())
            .filter(seen -> seen.start() == sandbox.initStart() && seen.isAlive())
            .isPresent();
  }

  /// A container ends with its own process, as everywhere: what that left behind would keep the
  /// volumes busy for ever, so it is killed.
  @Override
  public boolean ended(Sandbox sandbox, Duration atMost) {
    kernel.group().tasks().refuseTheDead();
    var pause = new Pause(kernel.group(), atMost);
    while (isAlive(sandbox)) {
      if (onlyLeftoversRun(sandbox)) kill(sandbox);
      if (!pause.again()) return !isAlive(sandbox);
    }
    return true;
  }

  /// Where bubblewrap is our child it has to have told the exit code before: the init's end would
  /// become its answer.
  private boolean onlyLeftoversRun(Sandbox sandbox) {
    if (sandbox.pid() == sandbox.init() || ProcessTable.find(sandbox.pid()).isPresent())
      return false;
    return !children.knows(sandbox.init(), sandbox.initStart())
        || children
            .exitCode(kernel.calls().processes(), sandbox.init(), sandbox.initStart())
            .isPresent();
  }

  @Override
  public OptionalInt exitCode(Sandbox sandbox) {
    kernel.group().tasks().refuseTheDead();
    if (isAlive(sandbox)) return OptionalInt.empty();
    var pause = new Pause(kernel.group(), HALF_STARTED);
    while (children.knows(sandbox.init(), sandbox.initStart())) {
      var code = children.exitCode(kernel.calls().processes(), sandbox.init(), sandbox.initStart());
      if (code.isPresent()) return OptionalInt.of(code.get());
      if (!pause.again()) break;
    }
    return OptionalInt.empty();
  }
}
