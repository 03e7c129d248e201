package dev.moorage.cli.live;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.host.Host;
import dev.moorage.stack.Bodies;
import dev.moorage.stack.Part;
import dev.moorage.stack.Stack;
import dev.moorage.stack.Stack.NodePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What starting a stack on this machine needs around it.
public final class LiveStack {
  private LiveStack() {}

  /// Time for a start until our driver is registered.
  public static final Duration START = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(2);

  /// Refuses a pool that the folder has no room for.
  ///
  /// @param otherwise which options to change
  /// @throws CommandFailed when there is too little
  public static void checkRoom(Host host, Path folder, Bytes pool, String otherwise) {
    var free = host.filesystems().usage(folder.toString()).available();
    if (free.isBelow(pool))
      throw new CommandFailed(
          "a pool of "
              + pool
              + " needs as much space in "
              + folder
              + ", free are "
              + free.count() / (1 << 20)
              + "Mi; choose a smaller "
              + otherwise);
  }

  /// Starts all parts, each in a group of its own, and returns at once.
  public static void start(Group process, Bodies bodies, Stack stack, NodePlan node) {
    makeFolders(bodies.host(process, node.name()), node);
    for (Part part : stack.parts(List.of(node))) part.start().accept(process.group(part.name()));
  }

  private static void makeFolders(Host host, NodePlan node) {
    for (String name : List.of("/plugins_registry", "/pods"))
      host.files().makeFolder(node.kubeletRoot() + name, 0750);
    for (var driver : node.drivers())
      host.files().makeFolder(node.kubeletRoot() + "/plugins/" + driver.name(), 0750);
  }

  /// Waits until the node serves its driver: since this start, whatever objects of an earlier one
  /// say.
  ///
  /// @param failed what failed last, for the message
  /// @throws CommandFailed when it does not within [#START]
  public static void awaitServed(
      Group process, Stack stack, String driver, String node, Supplier<String> failed) {
    var tasks = process.tasks();
    long end = tasks.nanos() + START.toNanos();
    while (!stack.serves(driver, node)) {
      if (tasks.nanos() > end)
        throw new CommandFailed(
            "driver "
                + driver
                + " did not register on node "
                + node
                + " within "
                + START.toSeconds()
                + " s; what failed last: "
                + failed.get());
      process.sleep(PAUSE);
    }
  }
}
