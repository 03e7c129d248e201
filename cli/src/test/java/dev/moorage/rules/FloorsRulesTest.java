package dev.moorage.rules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.moorage.rules.House.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may use whom: ARCHITECTURE.md, "Code map".
class FloorsRulesTest {

  @Test
  void every_source_file_of_every_module_was_seen() {
    var unseen = new TreeSet<String>();
    for (var module : House.MODULES)
      for (Path source : House.sourcesOf(module)) unseen.add(className(module, source));
    unseen.removeIf(name -> name.endsWith(".package-info"));
    assertThat(unseen).hasSizeGreaterThan(300);
    for (var type : House.classes()) unseen.remove(type.getName());
    assertThat(unseen).as("sources whose classes were not imported").isEmpty();
  }

  private static String className(Module module, Path source) {
    var path = module.sources().relativize(source).toString();
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }

  @Test
  void every_class_belongs_to_a_module() {
    assertThat(House.classes().stream().filter(type -> House.moduleOf(type).isEmpty())).isEmpty();
  }

  @Test
  void a_module_uses_only_what_its_floor_allows() {
    assertThat(uses().filter(FloorsRulesTest::goesUp).map(Dependency::getDescription)).isEmpty();
  }

  private static boolean goesUp(Dependency use) {
    return House.moduleOf(use.getOriginClass())
        .filter(
            from -> House.moduleOf(use.getTargetClass()).filter(to -> !from.mayUse(to)).isPresent())
        .isPresent();
  }

  @Test
  void a_room_knows_neither_edges_nor_other_rooms() {
    var rooms = House.ofModules(House.ROOMS);
    var edges = House.ofModules(House.EDGES);
    assertThat(
            uses()
                .filter(use -> rooms.test(use.getOriginClass()))
                .filter(use ->
                    edges.test(use.getTargetClass())
                        || (rooms.test(use.getTargetClass()) && !withinModule(use)))
                .map(Dependency::getDescription))
        .isEmpty();
  }

  private static boolean withinModule(Dependency use) {
    return House.moduleOf(use.getOriginClass()).equals(House.moduleOf(use.getTargetClass()));
  }

  /// A room's own package, above its actors, may join their doors.
  @Test
  void a_package_of_a_room_knows_no_sibling_but_the_pool_of_the_drivers() {
    var rooms = House.ofModules(House.ROOMS);
    assertThat(
            uses()
                .filter(use -> rooms.test(use.getOriginClass()) && withinModule(use))
                .filter(use -> !samePackage(use) && !inOwnPackageOfRoom(use.getOriginClass()))
                .filter(use -> !House.isIn(use.getTargetClass(), "dev.moorage.drivers.pool"))
                .map(Dependency::getDescription))
        .isEmpty();
  }

  private static boolean inOwnPackageOfRoom(JavaClass type) {
    return House.moduleOf(type).orElseThrow().rootPackage().equals(type.getPackageName());
  }

  private static boolean samePackage(Dependency use) {
    var target = use.getTargetClass().getBaseComponentType();
    return use.getOriginClass().getPackageName().equals(target.getPackageName());
  }

  @Test
  void the_simulation_knows_the_registry_and_its_log_but_no_front() {
    assertThat(
            uses()
                .filter(use -> House.isIn(use.getOriginClass(), "dev.moorage.sim"))
                .filter(use -> House.isIn(use.getTargetClass(), "dev.moorage.kubeserver.http"))
                .map(Dependency::getDescription))
        .isEmpty();
  }

  @Test
  void packages_make_no_cycles() {
    slices().matching("dev.moorage.(**)").should().beFreeOfCycles().check(House.classes());
  }

  private static Stream<Dependency> uses() {
    return House.classes().stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
  }

  @Test
  void the_rules_know_the_modules_that_maven_builds() {
    var pom = House.text(Path.of("..", "pom.xml"));
    var built =
        pom.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("<module>"))
            .map(line -> line.replaceAll("</?module>", ""))
            .filter(name -> !name.equals("csi-wire-proto")) // generated
            .toList();
    assertThat(built).containsExactlyElementsOf(names());
  }

  private static List<String> names() {
    return House.MODULES.stream().map(Module::name).toList();
  }
}
