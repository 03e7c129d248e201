package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Traces that are read in review: compared with the file, or written with `-Dgolden=write`.
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  static void check(String name, List<String> lines) {
    var file = FOLDER.resolve(name + ".txt");
    try {
      if ("write".equals(System.getProperty("golden"))) Files.write(file, lines);
      assertThat(lines)
          .as("the trace %s; if the change is meant, write it anew with -Dgolden=write", name)
          .isEqualTo(Files.readAllLines(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
