package dev.moorage.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.live.LiveTasks;
import dev.moorage.linux.Rights;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A house on this machine, as a user starts it, uses it, ends it and kills it.
class UpIT {
  private static final int TERMINATED = 143;
  private static final int NOTHING_RUNS = 3;

  private UpPlace place;

  @BeforeAll
  static void needs_rights() {
    var rights = Rights.of(new LiveTasks().group("test"));
    assumeTrue(rights.suffice(), () -> "rights are missing here: " + rights.missing());
  }

  @BeforeEach
  void open() {
    place = new UpPlace();
  }

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void the_examples_run_and_after_a_rest_they_run_again_with_their_data() throws IOException {
    try (var up = place.up()) {
      assertThat(place.done("apply", "-f", UpPlace.EXAMPLES.toString()))
          .contains("storageclass.storage.k8s.io/fast created", "pod/data-pod created");
      assertThat(up.says(line -> line.contains("status.conditions Ready"))).isTrue();
      assertThat(place.done("status")).contains("claims: 1 Bound", "pods: 1 Running");
      assertThat(place.pods()).isNotEmpty();
      up.terminate();
      assertThat(up.end()).last().asString().startsWith("Stopped; everything is unmounted.");
      assertThat(up.exitCode()).isEqualTo(TERMINATED);
    }
    assertThat(place.pods()).isEmpty();
    assertThat(place.kernelThings()).isEmpty();
    try (var again = place.up()) {
      assertThat(again.says(line -> line.contains("NodePublishVolume"))).isTrue();
      assertThat(again.says(line -> line.contains("status.phase"))).as("%s", again).isTrue();
      assertThat(place.done("get", "pvc")).contains("data", "Bound");
      assertThat(place.pods()).isNotEmpty();
    }
  }

  @Test
  void a_killed_houses_pods_live_on_and_the_next_one_takes_them_over() {
    List<Long> pods;
    try (var up = place.up()) {
      place.done("apply", "-f", UpPlace.EXAMPLES.toString());
      assertThat(up.says(line -> line.contains("status.conditions Ready"))).isTrue();
      pods = place.pods();
      up.kill();
    }
    assertThat(pods).isNotEmpty();
    try (var status = place.moor("status")) {
      assertThat(status.end()).anyMatch(line -> line.contains("A killed run left"));
      assertThat(status.exitCode()).isEqualTo(NOTHING_RUNS);
    }
    try (var up = place.up()) {
      assertThat(place.done("get", "pods")).contains("data-pod", "1/1", "Running");
      assertThat(place.pods()).isEqualTo(pods);
      place.done("delete", "-f", UpPlace.EXAMPLES.toString());
      assertThat(place.pods()).isEmpty();
      assertThat(up.says(line -> line.contains("DeleteVolume"))).isTrue();
    }
  }

  @Test
  void it_goes_on_in_the_background_until_it_is_told_to_end() {
    assertThat(place.done("up", "--detach", "--pool-size", "1Gi"))
        .contains("Ready: API at https://");
    try (var second = place.moor("up", "--pool-size", "1Gi")) {
      assertThat(second.end()).anyMatch(line -> line.contains("is in use: moor up runs there as"));
      assertThat(second.exitCode()).isEqualTo(1);
    }
    assertThat(place.done("status")).contains("loop.moorage.dev");
    assertThat(place.done("down", "--purge")).contains("Removed " + place.state());
    assertThat(place.state()).doesNotExist();
  }

  @Test
  void a_taken_port_names_its_holder_and_nothing_stays() throws IOException {
    try (var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var up = place.moor("up", "--port", Integer.toString(holder.getLocalPort()))) {
      assertThat(up.end())
          .anyMatch(line ->
              line.contains(":" + holder.getLocalPort())
                  && line.contains("process " + ProcessHandle.current().pid()));
      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(place.kernelThings()).isEmpty();
    }
  }

  @Test
  void what_is_not_its_own_or_too_new_is_left_alone() throws IOException {
    Files.createDirectories(place.state());
    var file = Files.writeString(place.state().resolve("letter.txt"), "dear");
    for (var word : List.of("up", "down", "status"))
      try (var moor = place.moor(word)) {
        assertThat(moor.end()).anyMatch(line -> line.contains("it holds letter.txt"));
        assertThat(moor.exitCode()).isEqualTo(1);
      }
    Files.delete(file);
    var mark = Files.writeString(place.state().resolve("moorage.state"), "format=7\nnode=n\n");
    try (var moor = place.moor("up")) {
      assertThat(moor.end()).anyMatch(line -> line.contains("holds state of format 7"));
    }
    assertThat(mark).hasContent("format=7\nnode=n\n");
    Files.delete(mark);
  }
}
