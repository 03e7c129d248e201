package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kubeserver.store.TreeJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:05:00Z");

  private static String cell(Kind<?> kind, String column, String object) {
    var tree = TreeJson.read(object.replace('\'', '"'));
    return Columns.of(kind).stream()
        .filter(one -> one.name().equals(column))
        .map(one -> one.cell().of(tree, NOW).text())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void restarts_say_when_the_last_one_was() {
    var statuses =
        "{'status':{'containerStatuses':[{'restartCount':2,'lastState':{'terminated':"
            + "{'finishedAt':'2026-01-01T00:03:20Z'}}},{'restartCount':1,'lastState':{'terminated':"
            + "{'finishedAt':'2026-01-01T00:04:00Z'}}}]}}";
    assertThat(cell(Kinds.POD, "Restarts", statuses)).isEqualTo("3 (60s ago)");
    assertThat(cell(Kinds.POD, "Restarts", "{}")).isEqualTo("0");
  }

  @Test
  void a_kernel_is_shown_with_its_architecture() {
    var info = "{'status':{'nodeInfo':{'kernelVersion':'6.1','architecture':'amd64'}}}";
    assertThat(cell(Kinds.NODE, "Kernel-Version", info)).isEqualTo("6.1 (amd64)");
    assertThat(cell(Kinds.NODE, "Kernel-Version", "{}")).isEqualTo("<unknown>");
  }
}
