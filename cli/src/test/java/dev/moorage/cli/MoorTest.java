package dev.moorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// What `moor` says to whoever asks for help, or asks for what there is not.
class MoorTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private CommandLine moor() {
    return Moor.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int run(String... arguments) {
    return moor().execute(arguments);
  }

  // Help

  @Test
  void the_help_says_what_moor_is_and_what_to_begin_with() {
    assertThat(run("--help")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .startsWith("Usage: moor [-hV] [COMMAND]\nTakes a Kubernetes claim to a mounted directory.")
        .containsPattern("demo +Plays three stories")
        .endsWith("Begin with: ./moor demo\n");
  }

  @Test
  void the_demos_help_says_what_it_does_and_what_it_needs() {
    assertThat(run("demo", "--help")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .startsWith("Usage: moor demo ")
        .contains("a claim becomes a mounted directory")
        .contains("Needs the right to mount (root) and loop devices")
        .contains("--pool-size=SIZE", "2Gi; at least 1536Mi")
        .contains("--more=N", "default: 10")
        .contains("--folder=DIR", "/var/tmp")
        .contains("--simulated", "--no-colour");
  }

  @Test
  void every_command_and_every_option_is_documented() {
    var undocumented = new ArrayList<String>();
    int seen = 0;
    for (var command : commands(moor())) {
      var spec = command.getCommandSpec();
      if (spec.usageMessage().description().length == 0) undocumented.add(spec.qualifiedName());
      for (var option : spec.options()) {
        seen++;
        if (!isDocumented(option)) undocumented.add(spec.qualifiedName() + option.longestName());
      }
    }
    assertThat(seen).isGreaterThan(7);
    assertThat(undocumented).isEmpty();
  }

  private static List<CommandLine> commands(CommandLine from) {
    var all = new ArrayList<>(List.of(from));
    for (var below : from.getSubcommands().values()) all.addAll(commands(below));
    return all;
  }

  /// A sentence; and a name for the value of an option that takes one, with the default.
  private static boolean isDocumented(OptionSpec option) {
    var text = String.join(" ", option.description());
    if (!text.endsWith(".")) return false;
    return option.typeInfo().isBoolean()
        || (!option.paramLabel().startsWith("<") && text.contains("(default: "));
  }

  @Test
  void the_version_is_one_line() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("moor \\S+\\R");
  }

  // Wrong use

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                 | say what moor should do, for example: ./moor demo
          xyzzy                              | this says nothing to me: xyzzy
          --bogus                            | there is no option --bogus
          demo bogus                         | this says nothing to me: bogus
          demo --bogus                       | there is no option --bogus
          demo --simulate                    | there is no option --simulate; did you mean --simulated?
          demo --pool-size 1Gi               | --pool-size is 1Gi; the stories need 1536Mi at least
          demo --pool-size 0                 | --pool-size is 0; the stories need 1536Mi at least
          demo --pool-size abc               | Invalid value for option '--pool-size': abc is no size; sizes are like 2Gi or 3000Mi
          demo --pool-size=-2Gi              | Invalid value for option '--pool-size': -2Gi is no size; sizes are like 2Gi or 3000Mi
          demo --pool-size 99999999999Gi     | Invalid value for option '--pool-size': 99999999999Gi is no size; sizes are like 2Gi or 3000Mi
          demo --pool-size                   | Missing required parameter for option '--pool-size' (SIZE)
          demo --pool-size 2Gi --pool-size 3Gi | option '--pool-size' (SIZE) should be specified only once
          demo --more few                    | Invalid value for option '--more': 'few' is not an int
          demo --more=-1                     | --more is below 0: -1
          demo --folder /is/not/there        | --folder is not there: /is/not/there
          demo --folder /proc/version        | --folder is no folder: /proc/version
          """)
  void wrong_use_is_told_in_one_sentence(String arguments, String sentence) {
    int code = arguments.isEmpty() ? run() : run(arguments.split(" ", -1));
    assertThat(err.toString().lines().toList())
        .hasSize(2)
        .startsWith("moor: " + sentence)
        .last()
        .asString()
        .matches("All options: \\./moor( demo)? --help");
    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  // The simulated demo

  @Test
  void the_simulated_demo_says_first_and_last_that_it_is_simulated(@TempDir Path folder) {
    int code = run("demo", "--simulated", "--folder", folder.resolve("none").toString());
    var said = out.toString().lines().toList();
    assertThat(said.getFirst()).startsWith("SIMULATED: ");
    assertThat(said.getLast()).isEqualTo(said.getFirst());
    assertThat(said)
        .contains("Story 1: a claim becomes a mounted directory")
        .anyMatch(line -> line.matches("All \\d+ proofs held; nothing is left on the .* host\\."))
        .noneMatch(line -> line.contains("NOT SO") || line.contains("did NOT"));
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
  }
}
