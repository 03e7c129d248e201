package dev.moorage.cli.conformance;

import dev.moorage.conformance.Restart;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// The user's command that kills the driver and starts it again.
///
/// @param command for a shell; ends when the driver is starting, and leaves it in the background
record ShellRestart(String command) implements Restart {
  private static final long MOST_SECONDS = 60;

  @Override
  public void killAndStart() {
    try {
      var process =
          new ProcessBuilder("sh", "-c", command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failed("did not end within " + MOST_SECONDS + " s; start the driver with '&'");
      }
      if (process.exitValue() != 0) throw failed("ended with " + process.exitValue());
    } catch (IOException notStarted) {
      throw failed(String.valueOf(notStarted.getMessage()));
    } catch (InterruptedException leaving) {
      throw failed("was interrupted");
    }
  }

  private HostException failed(String why) {
    return new HostException(Errno.TOOL_FAILED, "restart command '" + command + "' " + why);
  }
}
