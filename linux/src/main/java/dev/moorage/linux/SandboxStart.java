package dev.moorage.linux;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Sandboxes.Spec;
import dev.moorage.linux.BubblewrapCommand.RootFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A bubblewrap that was let go.
///
/// @param outer bubblewrap itself
/// @param init the sandbox's first process; 0 when bubblewrap failed before it
/// @param logFrom where the log ended before
record SandboxStart(int outer, long init, long initStart, long logFrom) {
  private static final Pattern CHILD = Pattern.compile("\"child-pid\": *([0-9]+)");
  private static final List<String> ROOT_FOLDERS =
      List.of("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin");
  private static final int SAID_BYTES = 8192;
  private static final String ITS_NAME = "bwrap: ";

  /// Starts bubblewrap, learns the init's identity while it is held back, and lets it go. Were this
  /// process to die in the middle, the sandbox would go on, and be found by its name.
  static SandboxStart begin(ProcessCalls calls, String bwrap, Spec spec) {
    var command = BubblewrapCommand.of(bwrap, rootFolders(), spec);
    long logFrom = size(spec.log());
    try (var info = calls.pipe();
        var go = calls.pipe()) {
      var start =
          new Spawn.Start(
              command.arguments(), command.environment(), spec.log(), info.in(), go.out());
      int outer = calls.spawn().start(start);
      info.in().close();
      go.out().close();
      long init = childPid(calls, info.out());
      long since = init == 0 ? 0 : ProcessTable.find(init).map(ProcessTable.Seen::start).orElse(0L);
      calls.writeOne(go.in());
      return new SandboxStart(outer, init, since, logFrom);
    }
  }

  private static List<RootFolder> rootFolders() {
    var folders = new ArrayList<RootFolder>();
    for (var folder : ROOT_FOLDERS) {
      var path = Path.of(folder);
      try {
        if (Files.isSymbolicLink(path)) {
          folders.add(new RootFolder(folder, Files.readSymbolicLink(path).toString()));
        } else if (Files.isDirectory(path)) {
          folders.add(new RootFolder(folder, ""));
        }
      } catch (IOException failed) {
        throw Errnos.failure(failed, "reading the link " + folder);
      }
    }
    return folders;
  }

  private static long childPid(ProcessCalls calls, Descriptor info) {
    var said = new StringBuilder();
    while (true) {
      var some = calls.readSome(info);
      if (some.length == 0) break;
      said.append(new String(some, StandardCharsets.UTF_8));
    }
    var found = CHILD.matcher(said);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  /// Whether bubblewrap failed, and not the command: then it has said so, with its name before it.
  boolean neverRan(Spec spec, int code) {
    return code == 1 && lastLine(spec).startsWith(ITS_NAME);
  }

  /// Why it did not start.
  HostException failure(Spec spec, int code) {
    var line = lastLine(spec);
    var errno = line.endsWith("No such file or directory") ? Errno.ENOENT : Errno.TOOL_FAILED;
    return new HostException(
        errno, "starting sandbox " + spec.name() + ": exit code " + code + ": " + line);
  }

  private String lastLine(Spec spec) {
    try (var log = Files.newByteChannel(Path.of(spec.log()))) {
      long from = Math.max(logFrom, log.size() - SAID_BYTES);
      var said = java.nio.ByteBuffer.allocate(SAID_BYTES);
      log.position(from);
      while (said.hasRemaining() && log.read(said) > 0) {}
      var text = new String(said.array(), 0, said.position(), StandardCharsets.UTF_8);
      var lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      return lines.isEmpty() ? "it said nothing" : lines.getLast();
    } catch (IOException unreadable) {
      return "its log cannot be read: " + unreadable.getMessage();
    }
  }

  private static long size(String log) {
    try {
      return Files.size(Path.of(log));
    } catch (IOException missing) {
      return 0;
    }
  }
}
