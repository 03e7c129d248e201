package dev.moorage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// All classes and sources of the house.
final class House {
  private House() {}

  /// Below this, something was not found and the rules would pass over nothing.
  private static final int FEWEST_CLASSES = 400;

  private static final String ROOT = "dev.moorage";
  private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|-tests\\.jar!).*");

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new OnlyMain()).importPackages(ROOT);

  private static final class OnlyMain implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.matches(TESTS);
    }
  }

  /// A module, its package and the modules that its floor allows it to use.
  record Module(String name, String rootPackage, Set<String> below) {
    boolean mayUse(Module other) {
      return equals(other) || below.contains(other.name);
    }

    Path sources() {
      return Path.of("..", name, "src", "main", "java");
    }

    boolean holds(JavaClass type) {
      return type.getPackageName().equals(rootPackage)
          || type.getPackageName().startsWith(rootPackage + ".");
    }
  }

  private static Module module(String name, String rootPackage, String... mayUse) {
    return new Module(name, ROOT + "." + rootPackage, new TreeSet<>(Arrays.asList(mayUse)));
  }

  /// The floors of ARCHITECTURE.md, from the ground up.
  static final List<Module> MODULES =
      List.of(
          module("base", "base"),
          module("kube-api", "kube", "base"),
          module("csi-api", "csi", "base"),
          module("host-api", "host", "base"),
          module("kube-server", "kubeserver", "kube-api", "base"),
          module("kube-client", "kubeclient", "kube-api", "base"),
          module("csi-wire", "csiwire", "csi-api", "base"),
          module("linux", "linux", "host-api", "base"),
          module("controller-kit", "controller", "kube-api", "base"),
          module("driver-kit", "driver", "csi-api", "host-api", "base"),
          module("control-plane", "controlplane", "controller-kit", "kube-api", "base"),
          module("sidecars", "sidecars", "controller-kit", "csi-api", "kube-api", "base"),
          module(
              "node-agent",
              "nodeagent",
              "controller-kit",
              "csi-api",
              "host-api",
              "kube-api",
              "base"),
          module("drivers", "drivers", "driver-kit", "csi-api", "host-api", "base"),
          module("conformance", "conformance", "csi-api", "host-api", "base"),
          module(
              "driver-main",
              "drivermain",
              "driver-kit",
              "csi-wire",
              "linux",
              "csi-api",
              "host-api",
              "base"),
          module(
              "stack",
              "stack",
              "control-plane",
              "sidecars",
              "node-agent",
              "drivers",
              "controller-kit",
              "driver-kit",
              "kube-api",
              "csi-api",
              "host-api",
              "base"),
          module(
              "sim",
              "sim",
              "stack",
              "kube-server",
              "control-plane",
              "sidecars",
              "node-agent",
              "drivers",
              "controller-kit",
              "driver-kit",
              "kube-api",
              "csi-api",
              "host-api",
              "base"),
          module(
              "bench",
              "bench",
              "stack",
              "kube-client",
              "csi-wire",
              "linux",
              "kube-api",
              "csi-api",
              "host-api",
              "base"),
          module(
              "cli",
              "cli",
              "sim",
              "stack",
              "driver-main",
              "kube-client",
              "kube-server",
              "csi-wire",
              "linux",
              "control-plane",
              "sidecars",
              "node-agent",
              "drivers",
              "conformance",
              "controller-kit",
              "driver-kit",
              "kube-api",
              "csi-api",
              "host-api",
              "base"));

  /// The rooms: policy, one package per actor.
  static final Set<String> ROOMS =
      Set.of("control-plane", "sidecars", "node-agent", "drivers", "conformance");

  /// The modules that touch the outside.
  static final Set<String> EDGES = Set.of("kube-client", "kube-server", "csi-wire", "linux");

  /// All classes of all modules, tests apart.
  static JavaClasses classes() {
    assertEnoughWereSeen();
    return CLASSES;
  }

  /// An empty import would pass every rule.
  static void assertEnoughWereSeen() {
    assertThat(CLASSES.size()).as("classes that were imported").isGreaterThan(FEWEST_CLASSES);
  }

  /// The module of a class; empty for classes that are not the house's.
  static Optional<Module> moduleOf(JavaClass type) {
    return MODULES.stream().filter(module -> module.holds(type.getBaseComponentType())).findFirst();
  }

  static boolean isIn(JavaClass type, String... packages) {
    return Arrays.stream(packages)
        .anyMatch(name ->
            type.getPackageName().equals(name) || type.getPackageName().startsWith(name + "."));
  }

  /// Classes of these packages and those below them.
  static DescribedPredicate<JavaClass> in(String... packages) {
    return DescribedPredicate.describe(
        "in " + String.join(", ", packages), type -> isIn(type, packages));
  }

  /// Classes of these modules.
  static DescribedPredicate<JavaClass> ofModules(Set<String> names) {
    return DescribedPredicate.describe(
        "of " + new TreeSet<>(names),
        type -> moduleOf(type).map(Module::name).filter(names::contains).isPresent());
  }

  /// The source files of a module, package signs included; none for a module that is still empty.
  static List<Path> sourcesOf(Module module) {
    if (!Files.isDirectory(module.sources())) return List.of();
    try (var files = Files.walk(module.sources())) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
