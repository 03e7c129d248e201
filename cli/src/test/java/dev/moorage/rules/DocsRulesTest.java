package dev.moorage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.cli.Moor;
import dev.moorage.rules.House.Module;
import dev.moorage.rules.Pages.Page;
import dev.moorage.rules.Pages.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Pages name things that exist.
class DocsRulesTest {

  // Classes

  private static final int FEWEST_CLASS_NAMES = 100;
  private static final Pattern CLASS_NAME = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(class|interface|record|enum) (\\w+)");

  /// `XView` and the like stand for a name of each room.
  private static final Pattern PLACEHOLDER = Pattern.compile("X[A-Z]\\w+");

  /// Of other libraries; and names that STYLE.md tells us not to give.
  private static final Set<String> FOREIGN =
      Set.of("StreamObserver", "Manager", "Helper", "Util", "Processor", "Data", "Info", "Impl");

  private static final List<String> JDK =
      List.of("java.lang", "java.util", "java.util.concurrent", "java.time", "java.net");

  @Test
  void what_looks_like_a_class_is_one() {
    var declared = declared();
    var unknown = new ArrayList<String>();
    int seen = 0;
    for (var page : Pages.all())
      for (String name : page.names()) {
        var type = CLASS_NAME.matcher(name);
        if (!type.lookingAt() || (name.contains("…") && !name.contains("("))) continue;
        seen++;
        if (!exists(type.group(), declared)) unknown.add(page + ": " + name);
      }
    assertThat(seen).isGreaterThan(FEWEST_CLASS_NAMES);
    assertThat(unknown).isEmpty();
  }

  private static Set<String> declared() {
    var declared = new TreeSet<String>();
    for (var module : House.MODULES)
      for (Path source : sources(module)) addDeclared(source, declared);
    for (Path source : below(Path.of("..", "examples"))) addDeclared(source, declared);
    return declared;
  }

  private static void addDeclared(Path source, Set<String> declared) {
    DECLARED.matcher(House.text(source)).results().forEach(its -> declared.add(its.group(2)));
  }

  /// Main and test sources.
  private static List<Path> sources(Module module) {
    return below(Path.of("..", module.name(), "src"));
  }

  private static List<Path> below(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean exists(String name, Set<String> declared) {
    return declared.contains(name)
        || FOREIGN.contains(name)
        || PLACEHOLDER.matcher(name).matches()
        || JDK.stream().anyMatch(place -> isClass(place + "." + name));
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, DocsRulesTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }

  // Modules, packages, files

  private static final int FEWEST_PATHS = 20;
  private static final Pattern PLACE = Pattern.compile("[a-z-]+/[a-z/]+(\\.md)?");

  /// Paths in the API's or a node's folders look the same; they end with a slash or begin with one.
  @Test
  void what_looks_like_a_path_of_the_house_is_one() {
    var unknown = new ArrayList<String>();
    int seen = 0;
    for (var page : Pages.all())
      for (String name : page.names()) {
        if (!PLACE.matcher(name).matches() || name.endsWith("/")) continue;
        seen++;
        if (!Files.exists(Path.of("..", name)) && packageNamed(name).isEmpty())
          unknown.add(page + ": " + name);
      }
    assertThat(seen).isGreaterThan(FEWEST_PATHS);
    assertThat(unknown).isEmpty();
  }

  /// The folder of `module/package`.
  private static Optional<Path> packageNamed(String name) {
    var parts = name.split("/", -1);
    return House.MODULES.stream()
        .filter(module -> parts.length == 2 && module.name().equals(parts[0]))
        .map(module -> packageOf(module, parts[1]))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private static Path packageOf(Module module, String name) {
    return module.sources().resolve(module.rootPackage().replace('.', '/')).resolve(name);
  }

  @Test
  void the_map_has_every_module_with_classes_of_that_module() {
    var rows =
        Pages.rows(Pages.page("ARCHITECTURE.md")).stream()
            .filter(row -> House.MODULES.stream().anyMatch(its -> is(row, its)))
            .toList();
    assertThat(rows).hasSameSizeAs(House.MODULES);
    for (var module : House.MODULES) {
      var row = rows.stream().filter(its -> is(its, module)).findFirst().orElseThrow();
      assertThat(row.names(2)).as(module.name()).isNotEmpty();
      assertThat(House.sourcesOf(module).stream().map(file -> file.getFileName().toString()))
          .as("sources of %s", module.name())
          .containsAll(row.names(2).stream().map(name -> name + ".java").toList());
    }
  }

  private static boolean is(Row row, Module module) {
    return row.cell(0).equals("`" + module.name() + "`");
  }

  private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(#[^)]*)?\\)");

  @Test
  void every_link_to_a_file_leads_to_one() {
    var broken = new ArrayList<String>();
    int seen = 0;
    for (var page : Pages.all())
      for (var link : LINK.matcher(page.prose()).results().toList()) {
        if (link.group(1).startsWith("https://")) continue;
        seen++;
        if (!Files.exists(page.file().resolveSibling(link.group(1))))
          broken.add(page + ": " + link.group(1));
      }
    assertThat(seen).isGreaterThan(10);
    assertThat(broken).isEmpty();
  }

  private static final Pattern SECTION = Pattern.compile("(ARCHITECTURE|STYLE)\\.md, \"([^\"]+)\"");

  @Test
  void sections_that_sources_refer_to_are_there() {
    var missing = new ArrayList<String>();
    int seen = 0;
    for (var module : House.MODULES)
      for (Path source : sources(module))
        for (var section : SECTION.matcher(House.text(source)).results().toList()) {
          seen++;
          var page = Pages.page(section.group(1) + ".md");
          if (!page.text().contains("\n## " + section.group(2) + "\n"))
            missing.add(source + ": " + section.group());
        }
    assertThat(seen).isPositive();
    assertThat(missing).isEmpty();
  }

  // Commands

  private static final Pattern COMMAND = Pattern.compile("\\./(dev|moor)((?: (?:--)?[a-z-]+)*)");
  private static final Pattern DEV_WORD = Pattern.compile("(?m)^  ([a-z-]+)");

  @Test
  void every_command_is_one() {
    var unknown = new ArrayList<String>();
    int seen = 0;
    for (var page : Pages.all())
      for (var command : COMMAND.matcher(page.text()).results().toList()) {
        seen++;
        var words = command.group(2).strip();
        boolean known = command.group(1).equals("dev") ? isDev(words) : isMoor(words);
        if (!known) unknown.add(page + ": " + command.group());
      }
    assertThat(seen).isGreaterThan(10);
    assertThat(unknown).isEmpty();
  }

  private static boolean isDev(String words) {
    return words.isEmpty() || devWords(devsOwn()).contains(words.split(" ", -1)[0]);
  }

  /// The list in the script itself.
  private static String devsOwn() {
    var script = House.text(Path.of("..", "dev"));
    return script.substring(script.indexOf("./dev WORD"), script.indexOf("\nWORDS\n") + 1);
  }

  private static Set<String> devWords(String list) {
    var words = new TreeSet<String>();
    DEV_WORD.matcher(list).results().forEach(word -> words.add(word.group(1)));
    assertThat(words).hasSizeGreaterThan(4);
    return words;
  }

  private static boolean isMoor(String words) {
    if (words.isEmpty()) return true;
    var parts = Arrays.asList(words.split(" ", -1));
    if (parts.getFirst().equals("driver")) return isDriver(parts.subList(1, parts.size()));
    var command = subcommand(parts.getFirst());
    return command.isPresent()
        && parts.stream()
            .filter(part -> part.startsWith("--"))
            .allMatch(option -> options(command.get()).contains(option));
  }

  /// Its flags are not picocli's: each stands by its name in the source that reads it.
  private static boolean isDriver(List<String> words) {
    var flags =
        House.text(Path.of("src/main/java/dev/moorage/cli/driver/Drivers.java"))
            + House.text(
                Path.of("../driver-main/src/main/java/dev/moorage/drivermain/Options.java"));
    return words.stream().limit(1).allMatch(List.of("loop", "btrfs", "--help")::contains)
        && words.stream()
            .filter(word -> word.startsWith("--"))
            .allMatch(flag -> flags.contains('"' + flag.substring(2) + '"'));
  }

  private static Optional<Class<?>> subcommand(String name) {
    return Stream.<Class<?>>of(Moor.class.getAnnotation(Command.class).subcommands())
        .filter(type -> type.getAnnotation(Command.class).name().equals(name))
        .findFirst();
  }

  private static List<String> options(Class<?> command) {
    return Arrays.stream(command.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(Option.class))
        .flatMap(field -> Arrays.stream(field.getAnnotation(Option.class).names()))
        .toList();
  }

  @Test
  void dev_lists_its_words() throws IOException {
    var dev = new ProcessBuilder("../dev").redirectErrorStream(true).start();
    var said = new String(dev.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualTo(devsOwn());
    assertThat(dev.onExit().join().exitValue()).isZero();
  }

  // Stories

  private static final Path GOLDEN =
      Path.of("..", "sim", "src", "test", "resources", "golden", "three-stories.txt");

  /// In the trace a driver is told by what it is, not by which one it is.
  private static final String LOOP_DRIVER = "drivers/loop";

  @Test
  void the_rooms_of_the_stories_are_the_actors_of_the_golden_trace() {
    var actors = new TreeSet<String>();
    for (String line : House.text(GOLDEN).lines().toList())
      actors.add(line.strip().split(" +", -1)[1]);
    assertThat(actors).hasSizeGreaterThan(8);
    var rooms = new TreeSet<String>();
    for (var step : steps()) rooms.add(step.room());
    assertThat(rooms).hasSizeGreaterThan(8);
    assertThat(actors)
        .containsAll(
            rooms.stream()
                .map(room ->
                    room.equals(LOOP_DRIVER) ? "driver" : room.substring(room.indexOf('/') + 1))
                .toList());
  }

  @Test
  void the_sign_of_each_room_names_its_steps_of_the_stories() {
    var unnamed = new ArrayList<String>();
    var steps = steps();
    assertThat(steps).hasSizeGreaterThan(20);
    for (var step : steps) {
      var sign = packageNamed(step.room()).orElseThrow().resolve("package-info.java");
      if (!numbers(House.text(sign), step.story()).contains(step.number()))
        unnamed.add(step.toString());
    }
    assertThat(unnamed).isEmpty();
  }

  /// @param story its title, as signs quote it
  /// @param room as `module/package`
  private record Step(String story, int number, String room) {}

  private static List<Step> steps() {
    var steps = new ArrayList<Step>();
    for (var page : Pages.below("docs/stories"))
      for (var row : Pages.rows(page))
        for (String room : row.names(1))
          if (row.cell(0).matches("\\d+[a-z]?") && room.contains("/"))
            steps.add(new Step(title(page), number(row.cell(0)), room));
    return steps;
  }

  /// Of `3` and of `3a`.
  private static int number(String cell) {
    return Integer.parseInt(cell.replaceAll("[a-z]", ""));
  }

  private static String title(Page page) {
    var first = page.text().lines().findFirst().orElse("");
    return "a" + first.substring("# A".length());
  }

  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?: to (\\d+))?");

  /// The steps that a sign names of a story: "steps 2, 4 and 7", "steps 3 to 5".
  private static Set<Integer> numbers(String sign, String story) {
    var text = sign.replaceAll("\\s*\\n///\\s*", " ");
    var numbers = new TreeSet<Integer>();
    int begin = text.indexOf("\"" + story + "\"");
    if (begin < 0) return numbers;
    var rest = text.substring(begin + story.length() + 2).split("[\";.]", 2)[0];
    for (var range : NUMBERS.matcher(rest).results().toList()) {
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
      for (int number = from; number <= to; number++) numbers.add(number);
    }
    return numbers;
  }

  // News

  @Test
  void the_changelog_has_a_place_for_what_is_not_released() {
    var text = Pages.page("CHANGELOG.md").text();
    var unreleased = text.split("(?m)^## ", -1)[1];
    assertThat(unreleased).startsWith("Unreleased\n").contains("\n### ").contains("\n- ");
  }
}
