package dev.moorage.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// One door to each outside: ARCHITECTURE.md, "What you will not find"; STYLE.md, points 20 to 23.
class DoorsRulesTest {
  private static final String CLI = "dev.moorage.cli";
  private static final String DRIVER_MAIN = "dev.moorage.drivermain";
  private static final String BENCH = "dev.moorage.bench";
  private static final String KUBE_CLIENT = "dev.moorage.kubeclient";
  private static final String KUBE_SERVER = "dev.moorage.kubeserver";
  private static final String STORE = "dev.moorage.kubeserver.store";
  private static final String FRONT = "dev.moorage.kubeserver.http";
  private static final String CSI_WIRE = "dev.moorage.csiwire";
  private static final String LINUX = "dev.moorage.linux";

  @Test
  void enough_classes_were_seen() {
    House.assertEnoughWereSeen();
  }

  // Libraries

  @Test
  void only_csi_wire_knows_grpc_and_the_messages_of_csi() {
    onlyIn(Set.of(CSI_WIRE), "io.grpc", "com.google.protobuf", "csi.v1", "pluginregistration");
  }

  @Test
  void only_linux_calls_the_system_directly() {
    onlyIn(Set.of(LINUX), "java.lang.foreign");
  }

  @Test
  void only_the_two_edges_of_the_api_and_the_doors_know_http() {
    onlyIn(Set.of(KUBE_SERVER, CLI, DRIVER_MAIN), "com.sun.net.httpserver");
    onlyIn(Set.of(KUBE_CLIENT, KUBE_SERVER, CLI), "java.net.http");
  }

  @Test
  void only_the_two_edges_of_the_api_and_the_doors_know_text_formats() {
    onlyIn(Set.of(KUBE_CLIENT, KUBE_SERVER, CLI), "tools.jackson");
    onlyIn(Set.of(KUBE_SERVER, CLI), "org.yaml");
  }

  @Test
  void only_the_api_server_knows_the_database() {
    onlyIn(Set.of(KUBE_SERVER, CLI), "java.sql", "org.sqlite");
  }

  @Test
  void only_the_client_knows_fabric8() {
    onlyIn(Set.of(KUBE_CLIENT), "io.fabric8");
  }

  @Test
  void only_the_doors_know_the_command_line() {
    onlyIn(Set.of(CLI), "picocli");
  }

  private static void onlyIn(Set<String> doors, String... libraries) {
    noClasses()
        .that(not(House.in(doors.toArray(String[]::new))))
        .should()
        .dependOnClassesThat(House.in(libraries))
        .check(House.classes());
  }

  // Environment

  @Test
  void only_the_doors_read_environment_and_system_properties() {
    noClasses()
        .that(not(House.in(CLI, DRIVER_MAIN, BENCH)))
        .should()
        .callMethodWhere(calls(System.class, "getenv|getProperty|getProperties|setProperty"))
        .orShould()
        .callMethodWhere(calls(Integer.class, "getInteger"))
        .orShould()
        .callMethodWhere(calls(Long.class, "getLong"))
        .orShould()
        .callMethodWhere(calls(Boolean.class, "getBoolean"))
        .check(House.classes());
  }

  // Time, threads, waiting, randomness

  private static final DescribedPredicate<JavaClass> BESIDE_THE_BODIES_OF_BASE =
      not(House.in("dev.moorage.base.live", "dev.moorage.base.sim"));

  @Test
  void time_comes_from_tasks() {
    noClasses()
        .that(BESIDE_THE_BODIES_OF_BASE)
        .should()
        .callMethodWhere(calls(System.class, "nanoTime|currentTimeMillis"))
        .orShould()
        .callMethodWhere(
            target(owner(packageIs("java.time")))
                .and(target(nameMatching("now|systemUTC|systemDefaultZone|tick.*"))))
        .orShould()
        .dependOnClassesThat(
            named("java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Date|Calendar)"))
        .check(House.classes());
  }

  /// What holds threads or lets them wait. The atomics, the concurrent maps, `TimeUnit`, `Callable`
  /// and a bare `Executor` do not.
  private static final String WAITING_PLACES =
      "java\\.lang\\.(ThreadLocal|ThreadGroup|InheritableThreadLocal)"
          + "|java\\.util\\.(Timer|TimerTask)"
          + "|java\\.util\\.concurrent\\."
          + "(.*(Queue|Deque|Future|FutureTask|Service|ThreadPool.*|ForkJoin.*|Latch|Barrier)"
          + "|Executors|Flow|Semaphore|Phaser|Exchanger|Completion.*|Recursive.*|Structured.*)"
          + "(\\$.*)?"
          + "|java\\.util\\.concurrent\\.locks\\.(Condition|LockSupport|.*Synchronizer)(\\$.*)?";

  /// fabric8 answers with futures. These two open a gate when one ends; they never wait for it.
  private static final DescribedPredicate<JavaClass> TURNS_FUTURES_INTO_GATES =
      named("dev\\.moorage\\.kubeclient\\.(Exchange|Incoming)(\\$.*)?");

  @Test
  void places_to_wait_come_from_tasks() {
    noClasses()
        .that(BESIDE_THE_BODIES_OF_BASE)
        .and(not(TURNS_FUTURES_INTO_GATES))
        .should()
        .dependOnClassesThat(named(WAITING_PLACES))
        .orShould()
        .callMethodWhere(target(nameMatching("newCondition")))
        .check(House.classes());
  }

  @Test
  void threads_come_from_tasks() {
    noClasses()
        .that(BESIDE_THE_BODIES_OF_BASE)
        .should(
            new NotAccess(
                "use threads",
                access ->
                    matches(access.getTargetOwner(), "java\\.lang\\.Thread(\\$.*)?")
                        && !restoresTheFlag(access)
                        && !endsTheProcess(access)))
        .check(House.classes());
  }

  /// The JVM takes nothing but a thread for what is to be done at its end.
  private static boolean endsTheProcess(JavaAccess<?> access) {
    return House.isIn(access.getOriginOwner(), CLI, DRIVER_MAIN)
        && access.getTarget().getName().equals("<init>")
        && access.getOrigin().getMethodCallsFromSelf().stream()
            .anyMatch(call -> call.getTarget().getName().equals("addShutdownHook"));
  }

  /// At an edge a foreign method may throw InterruptedException; the flag is restored then.
  private static boolean restoresTheFlag(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(Thread.class)
        && Set.of("currentThread", "interrupt").contains(access.getTarget().getName())
        && House.ofModules(House.EDGES).test(access.getOriginOwner());
  }

  @Test
  void nothing_waits_or_sleeps_beside_tasks() {
    noClasses()
        .that(BESIDE_THE_BODIES_OF_BASE)
        .should()
        .callMethodWhere(calls(Object.class, "wait|notify|notifyAll"))
        .orShould()
        .callMethodWhere(target(nameMatching("parallel|parallelStream")))
        .orShould()
        .callMethodWhere(
            target(owner(named("java\\.util\\.concurrent\\.TimeUnit")))
                .and(target(nameMatching("sleep|timedWait|timedJoin"))))
        .check(House.classes());
  }

  @Test
  void chance_comes_from_entropy() {
    noClasses()
        .that(BESIDE_THE_BODIES_OF_BASE)
        .should()
        .dependOnClassesThat(
            named(
                "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.random\\..*"
                    + "|java\\.security\\.SecureRandom|.*ThreadLocalRandom"))
        .orShould()
        .callMethodWhere(calls(java.util.UUID.class, "randomUUID"))
        .orShould()
        .callMethodWhere(calls(Math.class, "random"))
        .orShould()
        .callMethodWhere(calls(java.util.Collections.class, "shuffle"))
        .check(House.classes());
  }

  // Files, sockets, processes

  @Test
  void files_sockets_and_processes_are_used_at_the_edges_and_in_the_doors_only() {
    noClasses()
        .that(not(House.in(LINUX, CSI_WIRE, KUBE_CLIENT, STORE, FRONT, CLI, DRIVER_MAIN, BENCH)))
        .should()
        .dependOnClassesThat(
            named(
                "java\\.nio\\.(file|channels)\\..*"
                    + "|java\\.io\\.(File.*|RandomAccessFile)"
                    + "|java\\.net\\..*(Socket|SocketAddress|Channel).*"
                    + "|java\\.lang\\.(Process.*|Runtime)"))
        .check(House.classes());
  }

  // Trees

  /// Who renders objects of the API: the words, the edge, the rooms' port adapters (`KubeClaims`
  /// behind the port `Claims`, and `VolumeTree`, the part of one), the kit's event recorder, the
  /// manifests that the stories play and the bench writes, and the simulation's census, which
  /// compares objects without what differs from run to run.
  private static final DescribedPredicate<JavaClass> RENDERERS =
      describe(
          "render objects of the API",
          type ->
              House.isIn(
                      type,
                      "dev.moorage.kube",
                      KUBE_CLIENT,
                      KUBE_SERVER,
                      CLI,
                      "dev.moorage.stack.stories",
                      "dev.moorage.bench")
                  || (House.ofModules(House.ROOMS).test(type)
                      && outermost(type).getSimpleName().matches("Kube[A-Z]\\w*|\\w+Tree"))
                  || outermost(type).getName().equals("dev.moorage.controller.Events")
                  || outermost(type).getName().equals("dev.moorage.sim.Census"));

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(DoorsRulesTest::outermost).orElse(type);
  }

  @Test
  void trees_are_made_where_objects_are_rendered_only() {
    noClasses()
        .that(not(RENDERERS))
        .should(
            new NotAccess(
                "make trees",
                access ->
                    matches(access.getTargetOwner(), "dev\\.moorage\\.kube\\.Tree(\\$.*)?")
                        && access
                            .getTarget()
                            .getName()
                            .matches("<init>|of|list|texts|object|empty|with|without")))
        .check(House.classes());
  }

  // Words of the rules

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaCall<?>> calls(
      Class<?> type, String names) {
    return target(owner(named(Pattern.quote(type.getName())))).and(target(nameMatching(names)));
  }

  private static DescribedPredicate<JavaClass> named(String pattern) {
    return describe("named " + pattern, type -> matches(type, pattern));
  }

  private static DescribedPredicate<JavaClass> packageIs(String name) {
    return describe("of " + name, type -> type.getPackageName().equals(name));
  }

  private static boolean matches(JavaClass type, String pattern) {
    return type.getBaseComponentType().getName().matches(pattern);
  }
}
