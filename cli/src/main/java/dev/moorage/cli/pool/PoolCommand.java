package dev.moorage.cli.pool;

import dev.moorage.base.Bytes;
import dev.moorage.cli.live.Size;
import dev.moorage.cli.pool.Pools.Found;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `moor pool`: where our drivers keep their volumes.
@Command(
    name = "pool",
    mixinStandardHelpOptions = true,
    description = "Shows, grows and checks the pools of our drivers.",
    subcommands = {PoolCommand.Status.class, PoolCommand.Grow.class, PoolCommand.Check.class})
public final class PoolCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public PoolCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do, for example: ./moor pool status");
  }

  private static void say(CommandSpec spec, String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /// `moor pool status`.
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Says how large the pools are, and how much of them is written.")
  public static final class Status implements Callable<Integer> {
    @Mixin private Pools pools = new Pools();
    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by the command line.
    public Status() {}

    @Override
    public Integer call() {
      for (var found : pools.all()) {
        var pool = found.pool();
        say(spec, found.folder() + ": " + pool.kind().fsType() + ", " + pool.size());
        say(spec, "  for volumes and snapshots " + pool.usable());
        say(spec, "  " + written(found));
      }
      return 0;
    }

    private String written(Found found) {
      var path = found.pool().mountPath();
      if (pools.host().mounts().at(path).isEmpty()) return "not mounted: no driver has opened it";
      var usage = pools.host().filesystems().usage(path);
      return "written %s of %s, at %s".formatted(mebi(usage.used()), mebi(usage.total()), path);
    }

    private static Bytes mebi(Bytes exact) {
      return exact.roundUpTo(Bytes.mebi(1));
    }
  }

  /// `moor pool grow`.
  @Command(
      name = "grow",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a pool larger, while its driver runs or not: the image is allocated in full, the filesystem fills it.",
        "A crash in between is finished by the next grow, or by the driver's next start."
      })
  public static final class Grow implements Callable<Integer> {
    @Mixin private Pools pools = new Pools();

    @Parameters(
        paramLabel = "SIZE",
        converter = Size.class,
        description = "Its size from now on, e.g. 4Gi.")
    private Bytes size = Bytes.ZERO;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by the command line.
    public Grow() {}

    @Override
    public Integer call() {
      var found = pools.one();
      var pool = found.pool();
      boolean mounted = pools.host().mounts().at(pool.mountPath()).isPresent();
      var before = pool.size();
      if (size.isBelow(before))
        throw new ParameterException(
            spec.commandLine(),
            "the pool in " + found.folder() + " has " + before + " already; pools never shrink");
      pool.open();
      try {
        pool.grow(size);
        say(
            spec,
            "The pool in "
                + found.folder()
                + " has "
                + pool.size()
                + ", "
                + pool.usable()
                + " of it for volumes and snapshots (it had "
                + before
                + ").");
      } finally {
        if (!mounted) pool.close();
      }
      return 0;
    }
  }

  /// `moor pool check`.
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Says what is wrong with the pools: images missing or not allocated in full, not mounted, read-only.",
        "Exit code: 0 when all is well, 1 when not."
      })
  public static final class Check implements Callable<Integer> {
    @Mixin private Pools pools = new Pools();
    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by the command line.
    public Check() {}

    @Override
    public Integer call() {
      boolean well = true;
      for (var found : pools.all()) {
        var wrong = found.pool().check();
        well &= wrong.isEmpty();
        say(spec, found.folder() + ": " + (wrong.isEmpty() ? "all is well" : ""));
        wrong.forEach(line -> say(spec, "  " + line));
      }
      return well ? 0 : 1;
    }
  }
}
