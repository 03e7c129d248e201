package dev.moorage.cli.demo;

import dev.moorage.base.Bytes;
import java.nio.file.Path;

/// How the demo plays.
///
/// @param poolSize the pool, at least [#LEAST_POOL]
/// @param more claims after the first, 0 or more
/// @param parent where the throw-away folder is made
/// @param colours whether the terminal takes colours
record DemoSettings(Bytes poolSize, int more, Path parent, boolean colours) {
  static final Bytes LEAST_POOL = Bytes.mebi(1536);
  static final Path PARENT = Path.of("/var/tmp");
  static final String DRIVER = "loop.moorage.dev";
  static final String CLASS = "fast";
  static final Bytes SIZE = Bytes.mebi(512);
  static final Bytes GROWN = Bytes.mebi(768);
  static final Bytes SMALL = Bytes.mebi(300);

  DemoSettings {
    if (poolSize.isBelow(LEAST_POOL))
      throw new IllegalArgumentException(
          "--pool-size is " + poolSize + "; the stories need " + LEAST_POOL + " at least");
    if (more < 0) throw new IllegalArgumentException("--more is below 0: " + more);
  }
}
