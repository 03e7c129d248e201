package dev.moorage.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Shapes that no class has: STYLE.md, points 15, 17 and 26.
class ShapeRulesTest {

  @Test
  void enough_classes_were_seen() {
    House.assertEnoughWereSeen();
  }

  // No static state

  @Test
  void static_fields_are_final() {
    assertThat(
            statics().filter(field -> !has(field, JavaModifier.FINAL)).map(JavaField::getFullName))
        .isEmpty();
  }

  /// Interfaces of collections are allowed: `List.of` and its like stand behind them. Of the
  /// classes that can change, these are the ones one meets.
  private static final String MUTABLE =
      "\\[.*" // arrays
          + "|java\\.util\\.(\\w*Map|\\w*Set|\\w*List|\\w*Deque|\\w*Queue|BitSet|Properties)"
          + "|java\\.util\\.concurrent\\..*"
          + "|java\\.lang\\.(StringBuilder|StringBuffer|ThreadLocal|Thread)"
          + "|java\\.util\\.(Date|Random|Iterator|Scanner|StringJoiner)"
          + "|java\\.text\\..*"
          + "|java\\.lang\\.foreign\\.Arena";

  private static final Set<String> INTERFACES =
      Set.of("java.util.Map", "java.util.Set", "java.util.List", "java.util.SortedMap");

  @Test
  void static_fields_hold_nothing_that_changes() {
    assertThat(
            statics()
                .filter(field -> !INTERFACES.contains(field.getRawType().getName()))
                .filter(field -> field.getRawType().getName().matches(MUTABLE))
                .map(JavaField::getFullName))
        .isEmpty();
  }

  private static Stream<JavaField> statics() {
    return House.classes().stream()
        .flatMap(type -> type.getFields().stream())
        .filter(field -> has(field, JavaModifier.STATIC) && !has(field, JavaModifier.SYNTHETIC));
  }

  private static boolean has(JavaField field, JavaModifier modifier) {
    return field.getModifiers().contains(modifier);
  }

  // Speaking and failing

  @Test
  void only_the_doors_print() {
    noClasses()
        .that(not(House.in("dev.moorage.cli", "dev.moorage.drivermain", "dev.moorage.bench")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(House.classes());
  }

  @Test
  void only_the_doors_end_the_process() {
    noClasses()
        .that(not(House.in("dev.moorage.cli", "dev.moorage.drivermain", "dev.moorage.bench")))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(House.classes());
  }

  private static final Set<String> GENERIC =
      Set.of(
          "java.lang.RuntimeException",
          "java.lang.Exception",
          "java.lang.Error",
          "java.lang.Throwable");

  @Test
  void a_failure_has_a_type_that_says_what_failed() {
    assertThat(
            House.classes().stream()
                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                .filter(call -> GENERIC.contains(call.getTargetOwner().getName()))
                .filter(call -> !callsItsSuper(call))
                .map(JavaConstructorCall::getDescription))
        .isEmpty();
  }

  private static boolean callsItsSuper(JavaConstructorCall call) {
    return call.getOrigin().isConstructor()
        && call.getOriginOwner()
            .getRawSuperclass()
            .filter(parent -> parent.equals(call.getTargetOwner()))
            .isPresent();
  }

  // Foreign codes

  @Test
  void grpc_codes_are_mapped_in_one_class() {
    onlyIn(
        "dev.moorage.csiwire.GrpcCodes",
        type -> type.getName().matches("io\\.grpc\\.Status(\\$.*)?"));
  }

  @Test
  void http_codes_are_mapped_in_one_table() {
    assertThat(numbersNamed("(HTTP_|SC_|STATUS_)[A-Z_]+")).isEmpty();
  }

  private static void onlyIn(String home, Predicate<JavaClass> foreign) {
    assertThat(
            House.classes().stream()
                .filter(type -> !type.getName().replaceFirst("\\$\\d+$", "").equals(home))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> foreign.test(use.getTargetClass()))
                .map(use -> use.getDescription()))
        .isEmpty();
  }

  @Test
  void error_numbers_of_the_kernel_stand_in_one_class() {
    assertThat(numbersNamed("E[A-Z0-9]{2,14}"))
        .allMatch(field -> field.startsWith("dev.moorage.linux.Errnos."));
  }

  private static Stream<String> numbersNamed(String pattern) {
    return statics()
        .filter(field -> field.getRawType().getName().equals("int"))
        .filter(field -> field.getName().matches(pattern))
        .map(JavaField::getFullName);
  }

  // Sizes

  /// More parameters mean two classes or a settings record (point 27).
  private static final int MOST_PARAMETERS = 6;

  @Test
  void a_class_is_made_of_few_parts() {
    assertThat(
            House.classes().stream()
                .filter(type -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass())
                .flatMap(type -> type.getConstructors().stream())
                .filter(made -> made.getRawParameterTypes().size() > MOST_PARAMETERS)
                .map(made -> Map.entry(made.getFullName(), made.getRawParameterTypes().size())))
        .isEmpty();
  }
}
