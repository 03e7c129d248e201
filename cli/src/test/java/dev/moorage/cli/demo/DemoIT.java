package dev.moorage.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.MoorProcess;
import dev.moorage.linux.Rights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The demo on this machine, as a user starts it, ends it and kills it.
class DemoIT {
  private static final long SEED = 20;
  private static final int KILLS = 5;
  private static final int LINES = 70; // of a run without more claims, about

  private Playground playground;

  @BeforeAll
  static void needs_rights() {
    var rights = Rights.of(new LiveTasks().group("test"));
    assumeTrue(rights.suffice(), () -> "rights are missing here: " + rights.missing());
  }

  @BeforeEach
  void open() {
    playground = new Playground();
  }

  @AfterEach
  void close() {
    playground.close();
  }

  @Test
  void a_demo_proves_what_it_says_and_leaves_nothing() {
    try (var demo = playground.start(List.of(), playground.folder(""), "--more", "1")) {
      var said = demo.end();
      assertPassed(demo, said);
      assertThat(said)
          .anyMatch(line -> line.contains("ok: NODE_READY: no mount of it in any mount table"))
          .anyMatch(line -> line.contains("ok: the pod's process wrote a file and read it back"))
          .anyMatch(line -> line.contains("ok: the pod itself sees it"))
          .anyMatch(line -> line.contains("ok: nothing is left"))
          .anyMatch(line -> line.contains("first claim to mounted directory"))
          .anyMatch(line -> line.contains("kernel floor"));
    }
  }

  @Test
  void it_plays_on_a_private_root_and_deep_below_it() {
    var deep = playground.folder("d".repeat(120));
    try (var demo = playground.start(mounts("private"), deep, "--more", "0")) {
      assertPassed(demo, demo.end());
    }
  }

  @Test
  void it_plays_on_a_shared_root_and_behind_a_link_to_a_name_with_blanks() {
    var link = playground.linkTo(playground.folder("a name with blanks, ü and %20"));
    try (var demo = playground.start(mounts("shared"), link, "--more", "0")) {
      assertPassed(demo, demo.end());
    }
  }

  private static List<String> mounts(String propagation) {
    return List.of("unshare", "--mount", "--propagation", propagation);
  }

  @Test
  void two_at_the_same_time_do_not_disturb_one_another() {
    try (var one = playground.start(List.of(), playground.folder(""), "--more", "1");
        var other = playground.start()) {
      var said = new ArrayList<>(other.end());
      said.addAll(one.end());
      assertPassed(other, said);
      assertPassed(one, said);
      assertThat(said).noneMatch(line -> line.contains("An earlier run"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Starting the stack", "NODE_READY: nothing at the path", "Story 3"})
  void an_interrupt_leaves_nothing(String moment) {
    try (var demo = playground.start()) {
      assertThat(demo.says(line -> line.contains(moment))).as("%s", demo).isTrue();
      demo.interrupt();
      var said = demo.end();
      playground.assertNothingIsLeft(said);
      assertThat(demo.exitCode()).as(String.join("\n", said)).isEqualTo(130);
      assertThat(said).contains("Interrupted; clearing up.");
      assertNoStackTrace(said);
    }
  }

  @Test
  void what_killed_runs_left_the_next_one_clears() {
    var chance = new Random(SEED);
    var kills = new ArrayList<Integer>();
    var said = new ArrayList<String>();
    for (int i = 0; i < KILLS; i++) {
      kills.add(2 + chance.nextInt(LINES));
      try (var demo = playground.start()) {
        demo.saysLines(kills.getLast());
        demo.kill();
        said.addAll(demo.end());
      }
    }
    try (var demo = playground.start()) {
      var last = demo.end();
      said.addAll(last);
      assertThat(last)
          .as("seed %d: killed after so many lines: %s", SEED, kills)
          .anyMatch(line -> line.contains("An earlier run was killed"));
      assertPassed(demo, said);
    }
  }

  @Test
  void a_killed_run_is_found_from_whatever_folder_the_next_one_plays_in() {
    var said = new ArrayList<String>();
    try (var killed = playground.start(List.of(), playground.folder("one"), "--more", "0")) {
      assertThat(killed.says(line -> line.contains("NodeStageVolume"))).as("%s", killed).isTrue();
      killed.kill();
      said.addAll(killed.end());
    }
    try (var next = playground.start(List.of(), playground.folder("other"), "--more", "0")) {
      var last = next.end();
      said.addAll(last);
      assertThat(last).anyMatch(line -> line.contains("An earlier run was killed"));
      assertPassed(next, said);
    }
    assertThat(Path.of("/run").toFile().list((_, name) -> name.startsWith("moorage-demo-")))
        .isEmpty();
  }

  @Test
  void what_is_not_a_dead_runs_folder_is_left_alone() throws Exception {
    var notes = playground.folder("moorage-demo-notes");
    var mine = Files.writeString(notes.resolve("mine.txt"), "mine");
    var link = Files.createSymbolicLink(playground.folder("").resolve("moorage-demo-link"), notes);
    try (var demo = tooLarge()) {
      assertThat(demo.end()).noneMatch(line -> line.contains("An earlier run"));
    }
    assertThat(mine).exists();
    assertThat(notes.resolve("run.lock")).doesNotExist();
    assertThat(link).isSymbolicLink();
    Files.delete(mine);
    Files.delete(link);
    Files.delete(notes);
  }

  private MoorProcess tooLarge() {
    return playground.start(List.of(), playground.folder(""), "--pool-size", "9Ti");
  }

  @Test
  void a_pool_that_this_machine_cannot_hold_is_refused() {
    try (var demo = tooLarge()) {
      assertRefused(demo, "a pool of 9Ti needs as much space", "choose a smaller --pool-size");
    }
  }

  @Test
  void missing_tools_are_named_with_their_packages() {
    var hide = "mount --bind /dev/null $(command -v bwrap) && ";
    hide += "mount --bind /dev/null $(PATH=$PATH:/usr/sbin command -v mkfs.xfs) && exec \"$@\"";
    var before = new ArrayList<>(mounts("private"));
    before.addAll(List.of("sh", "-c", hide, "sh"));
    try (var demo = playground.start(before, playground.folder(""))) {
      assertRefused(
          demo, "the tool bwrap (apt install bubblewrap)", "mkfs.xfs (apt install xfsprogs)");
    }
  }

  @Test
  void missing_rights_are_named_whoever_the_user_is() {
    var before = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");
    try (var demo = playground.start(before, playground.folder(""))) {
      assertRefused(demo, "CAP_SYS_ADMIN (run as root", "./moor demo --simulated");
    }
  }

  private void assertRefused(MoorProcess demo, String... texts) {
    var said = demo.end();
    assertThat(String.join("\n", said)).contains(texts);
    assertThat(demo.exitCode()).isEqualTo(1);
    assertNoStackTrace(said);
    playground.assertNothingIsLeft(said);
  }

  private void assertPassed(MoorProcess demo, List<String> said) {
    assertThat(said)
        .anyMatch(line -> line.matches("All \\d+ proofs held; nothing is left on this machine\\."))
        .noneMatch(line -> line.contains("NOT SO") || line.contains("did NOT"));
    assertNoStackTrace(said);
    playground.assertNothingIsLeft(said);
    assertThat(demo.exitCode()).isZero();
  }

  private static void assertNoStackTrace(List<String> said) {
    assertThat(said).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception in"));
  }
}
