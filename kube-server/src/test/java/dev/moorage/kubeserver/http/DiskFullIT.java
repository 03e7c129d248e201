package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.http.Served.Got;
import dev.moorage.kubeserver.store.SqliteLog;
import dev.moorage.kubeserver.store.TreeJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A registry whose disk is full, over HTTPS, on filesystems of their own.
class DiskFullIT {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int WRITES_AT_MOST = 2000;

  private @TempDir Path above;
  private final List<String> acknowledged = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"tmpfs", "ext4"})
  void writes_fail_reads_and_watches_go_on_and_with_room_so_do_writes(String type)
      throws IOException {
    try (var disk = SmallDisk.mounted(type, above)) {
      var path = disk.folder().resolve("state.db");
      try (var server = served(path);
          var watch = lines(server)) {
        for (int round = 1; round <= 3; round++) play(server, watch, disk, path, round);
      }
      try (var again = served(path)) {
        assertThat(names(again)).containsAll(acknowledged).doesNotContain("refused");
      }
    }
  }

  private static Served served(Path path) {
    return new Served(Settings.DEFAULT, group -> SqliteLog.open(group, path));
  }

  private static BufferedReader lines(Served server) {
    var in = server.open(MAPS + "?watch=true&fieldSelector=metadata.name!=kube-root-ca.crt");
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private void play(Served server, BufferedReader watch, SmallDisk disk, Path path, int round)
      throws IOException {
    disk.fill();
    var refusal = writeUntilRefused(server, watch, round);
    assertThat(refusal.code()).isEqualTo(500);
    assertThat(refusal.text("reason")).isEqualTo("InternalError");
    assertThat(refusal.text("message"))
        .isEqualTo(
            "the write was not stored: the disk of "
                + path
                + " is full: make room on it, and writes go on by themselves");
    assertThat(names(server)).containsAll(acknowledged).doesNotContain("refused");
    disk.makeRoom();
    write(server, watch, "after-" + round);
  }

  private Got writeUntilRefused(Served server, BufferedReader watch, int round) throws IOException {
    for (int i = 0; i < WRITES_AT_MOST; i++) {
      var name = "round-" + round + "-" + i;
      var got = server.post(MAPS, map(name));
      if (got.code() != 201) {
        assertThat(server.post(MAPS, map("refused")).code()).isEqualTo(500);
        return got;
      }
      told(watch, name);
    }
    throw new AssertionError("the disk never became full");
  }

  private void write(Served server, BufferedReader watch, String name) throws IOException {
    assertThat(server.post(MAPS, map(name)).code()).isEqualTo(201);
    told(watch, name);
  }

  private void told(BufferedReader watch, String name) throws IOException {
    acknowledged.add(name);
    var told = TreeJson.read(watch.readLine());
    assertThat(told.text("object", "metadata", "name")).isEqualTo(name);
  }

  private static String map(String name) {
    return "{'metadata':{'name':'%s'},'data':{'k':'%s'}}".formatted(name, "x".repeat(20_000));
  }

  private static List<String> names(Served server) {
    return server.get(MAPS).tree().at("items").items().stream()
        .map((Tree map) -> map.text("metadata", "name"))
        .toList();
  }
}
