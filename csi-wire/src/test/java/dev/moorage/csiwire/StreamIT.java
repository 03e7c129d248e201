package dev.moorage.csiwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import csi.v1.CsiProto;
import csi.v1.SnapshotMetadataGrpc;
import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiContract.Served;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.ScriptedDriver;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the two streams of the SnapshotMetadata service do over a socket.
class StreamIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final GetMetadataAllocated ALLOCATED =
      new GetMetadataAllocated(new SnapshotId("snap-1"), 0, 0, Secrets.NONE);
  private static final GetMetadataDelta DELTA =
      new GetMetadataDelta(new SnapshotId("snap-1"), new SnapshotId("snap-2"), 0, 0, Secrets.NONE);

  @TempDir Path folder;
  private Group process;
  private GrpcSockets sockets;

  @BeforeEach
  void start() {
    process = new LiveTasks().group("driver and caller");
    sockets = new GrpcSockets(process);
  }

  @AfterEach
  void end() {
    process.close();
  }

  private String endpoint() {
    return "unix://" + folder.resolve("csi.sock");
  }

  private Served serve(Csi driver) {
    return new Served(sockets.serve(endpoint(), driver));
  }

  private Connection open() {
    return sockets.open(endpoint());
  }

  @Test
  void a_stream_much_larger_than_any_window_arrives_whole_and_in_order() {
    var ranges =
        LongStream.range(0, 1000).mapToObj(i -> new BlockMetadata.Range(i * 8192, 4096)).toList();
    var message = new BlockMetadata.Message(BlockMetadata.Type.FIXED_LENGTH, Bytes.gibi(1), ranges);
    var answer = new BlockMetadata(Collections.nCopies(200, message));
    try (var _ = serve(new ScriptedDriver(call -> answer));
        var connection = open()) {
      assertThat(connection.call(ALLOCATED, LONG)).isEqualTo(answer);
      assertThat(connection.call(DELTA, LONG)).isEqualTo(answer);
    }
  }

  @Test
  void a_refusal_arrives_with_its_code_and_message() {
    var refusal = new CsiException(Code.NOT_FOUND, "no snapshot snap-1");
    try (var _ = serve(ScriptedDriver.failing(refusal));
        var connection = open()) {
      refused(connection, Code.NOT_FOUND, "no snapshot snap-1");
    }
  }

  private static void refused(Csi driver, Code code, String message) {
    assertThatThrownBy(() -> driver.call(ALLOCATED, LONG))
        .isInstanceOfSatisfying(
            CsiException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void a_stream_that_breaks_off_is_no_answer() throws IOException {
    var driver = new ForeignDriver(3, false);
    withForeign(driver, connection -> refused(connection, Code.DATA_LOSS, "index is damaged"));
  }

  @Test
  void a_range_below_zero_is_the_drivers_nonsense() throws IOException {
    var driver = new ForeignDriver(3, true);
    withForeign(driver, connection -> refused(connection, Code.UNAVAILABLE, "nonsense"));
  }

  @Test
  void a_stream_without_an_end_is_cut_off_with_the_limit() throws IOException {
    var driver = new ForeignDriver(Integer.MAX_VALUE, false);
    withForeign(
        driver,
        connection -> {
          refused(connection, Code.RESOURCE_EXHAUSTED, "4000000 ranges");
          assertThat(connection.epoch()).isEqualTo(1);
        });
  }

  private interface Story {
    void play(Connection connection);
  }

  private void withForeign(ForeignDriver driver, Story story) throws IOException {
    var server =
        OkHttpServerBuilder.forPort(new InetSocketAddress(0), InsecureServerCredentials.create())
            .socketFactory(
                UnixServerSocket.factory(
                    UnixEndpoint.ofPath(folder.resolve("csi.sock").toString())))
            .addService(driver)
            .build()
            .start();
    try (var connection = open()) {
      story.play(connection);
    } finally {
      server.shutdownNow();
    }
  }

  /// Sends some messages as they are taken, then fails.
  private static final class ForeignDriver extends SnapshotMetadataGrpc.SnapshotMetadataImplBase {
    private final CsiProto.GetMetadataAllocatedResponse message;
    private final int messages;

    ForeignDriver(int messages, boolean nonsense) {
      this.messages = messages;
      var range = CsiProto.BlockMetadata.newBuilder().setByteOffset(nonsense ? -1 : 4096);
      this.message =
          CsiProto.GetMetadataAllocatedResponse.newBuilder()
              .addAllBlockMetadata(
                  List.copyOf(Collections.nCopies(20_000, range.setSizeBytes(4096).build())))
              .build();
    }

    @Override
    public void getMetadataAllocated(
        CsiProto.GetMetadataAllocatedRequest request,
        StreamObserver<CsiProto.GetMetadataAllocatedResponse> observer) {
      var caller = (ServerCallStreamObserver<CsiProto.GetMetadataAllocatedResponse>) observer;
      var left = new int[] {messages};
      caller.setOnCancelHandler(() -> {});
      caller.setOnReadyHandler(() -> {
        while (caller.isReady() && left[0]-- > 0) caller.onNext(message);
        if (left[0] == -1)
          caller.onError(
              Status.DATA_LOSS.withDescription("the index is damaged").asRuntimeException());
      });
    }
  }
}
