package dev.moorage.csi;

import static dev.moorage.csi.Certainty.HOPELESS;
import static dev.moorage.csi.Certainty.MAYBE_RUNNING;
import static dev.moorage.csi.Certainty.NOT_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.CsiException.Code;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The official sidecars' table of final and infeasible codes, and the kubelet's for the node.
class CertaintyTest {

  private record Row(
      Code code,
      Certainty create,
      Certainty controllerExpand,
      Certainty nodeExpand,
      Certainty others) {

    Certainty expected(CsiCall<?> call) {
      return switch (call) {
        case CreateVolume _ -> create;
        case ControllerExpandVolume _ -> controllerExpand;
        case NodeExpandVolume _ -> nodeExpand;
        default -> others;
      };
    }
  }

  private static Row row(
      Code code,
      Certainty create,
      Certainty controllerExpand,
      Certainty nodeExpand,
      Certainty others) {
    return new Row(code, create, controllerExpand, nodeExpand, others);
  }

  private static Row all(Code code, Certainty certainty) {
    return row(code, certainty, certainty, certainty, certainty);
  }

  private static final List<Row> TABLE =
      List.of(
          all(Code.CANCELLED, MAYBE_RUNNING),
          all(Code.DEADLINE_EXCEEDED, MAYBE_RUNNING),
          all(Code.UNAVAILABLE, MAYBE_RUNNING),
          all(Code.ABORTED, MAYBE_RUNNING),
          row(Code.RESOURCE_EXHAUSTED, NOT_RUNNING, MAYBE_RUNNING, MAYBE_RUNNING, MAYBE_RUNNING),
          row(Code.INVALID_ARGUMENT, HOPELESS, HOPELESS, HOPELESS, NOT_RUNNING),
          row(Code.OUT_OF_RANGE, NOT_RUNNING, HOPELESS, HOPELESS, NOT_RUNNING),
          row(Code.NOT_FOUND, NOT_RUNNING, HOPELESS, HOPELESS, NOT_RUNNING),
          row(Code.FAILED_PRECONDITION, NOT_RUNNING, NOT_RUNNING, HOPELESS, NOT_RUNNING),
          all(Code.UNKNOWN, NOT_RUNNING),
          all(Code.ALREADY_EXISTS, NOT_RUNNING),
          all(Code.PERMISSION_DENIED, NOT_RUNNING),
          all(Code.UNIMPLEMENTED, NOT_RUNNING),
          all(Code.INTERNAL, NOT_RUNNING),
          all(Code.DATA_LOSS, NOT_RUNNING),
          all(Code.UNAUTHENTICATED, NOT_RUNNING));

  @Test
  void the_table_knows_every_code() {
    assertThat(TABLE.stream().map(Row::code).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Code.values());
  }

  @Test
  void certainty_follows_from_the_call_and_the_code() {
    for (Row row : TABLE)
      for (var sample : Samples.filled())
        assertThat(Certainty.of(sample.call(), row.code()))
            .as("%s of %s", row.code(), sample.call().rpc())
            .isEqualTo(row.expected(sample.call()));
  }

  @Test
  void codes_have_the_numbers_of_grpc() {
    assertThat(Arrays.stream(Code.values()).map(Code::number).toList())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  }
}
