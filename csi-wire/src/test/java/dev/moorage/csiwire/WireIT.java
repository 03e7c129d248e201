package dev.moorage.csiwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import csi.v1.ControllerGrpc;
import csi.v1.CsiProto;
import csi.v1.IdentityGrpc;
import csi.v1.NodeGrpc;
import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Task;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiContract.Served;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Probe;
import dev.moorage.csi.ScriptedDriver;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only the wire can do wrong: sockets as files, foreign peers, many calls.
class WireIT {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Group process;
  private GrpcSockets sockets;

  @BeforeEach
  void start() {
    process = new LiveTasks().group("test");
    sockets = new GrpcSockets(process);
  }

  @AfterEach
  void end() {
    process.close();
  }

  private Path path() {
    return folder.resolve("csi.sock");
  }

  private Served serve(Csi driver) {
    return new Served(sockets.serve("unix://" + path(), driver));
  }

  private Connection open() {
    return sockets.open("unix://" + path());
  }

  private static Csi ready() {
    return new ScriptedDriver(call -> new Probe.Answer(true));
  }

  private static void answers(Csi driver) {
    assertThat(driver.call(new Probe(), LONG).ready()).isTrue();
  }

  // The socket as a file

  @Test
  void a_socket_left_by_a_dead_process_is_taken_over() throws IOException {
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).exists();
    try (var _ = serve(ready());
        var connection = open()) {
      answers(connection);
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void a_server_that_ends_with_its_process_takes_its_socket_away() {
    try (var ending = process.group("ending")) {
      var open = ending.newGate();
      ending.start(
          "serve",
          () -> {
            try (var _ = new GrpcSockets(ending).serve("unix://" + path(), ready())) {
              open.open();
              ending.sleep(LONG);
            }
            return true;
          });
      assertThat(open.await(LONG)).isTrue();
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void a_foreign_process_that_answers_is_not_taken_over() throws IOException {
    try (var alive = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      alive.bind(UnixDomainSocketAddress.of(path()));
      assertRefused(path().toString());
    }
    assertThat(path()).exists();
  }

  @Test
  void a_file_that_is_no_socket_is_left_alone() throws IOException {
    Files.writeString(path(), "precious");
    assertRefused("no socket");
    assertThat(path()).hasContent("precious");
  }

  @Test
  void a_missing_folder_is_named() {
    assertThatThrownBy(() -> sockets.serve("unix://" + folder + "/missing/csi.sock", ready()))
        .isInstanceOf(CsiException.class)
        .hasMessageContaining(folder + "/missing/csi.sock");
  }

  @Test
  void a_relative_path_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sockets.dial("reg.sock"))
        .withMessageContaining("absolute");
  }

  @Test
  void a_path_beyond_the_kernels_limit_is_reached_through_a_short_link() throws IOException {
    var deep = Files.createDirectories(folder.resolve("d".repeat(100)));
    var endpoint = "unix://" + deep.resolve("csi.sock");
    try (var _ = new Served(sockets.serve(endpoint, ready()));
        var connection = sockets.open(endpoint)) {
      answers(connection);
      assertThat(deep.resolve("csi.sock")).exists();
    }
    assertThat(deep.resolve("csi.sock")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {105, 106, 107, 108})
  void paths_about_as_long_as_the_limit_work(int bytes) throws IOException {
    var name = "d".repeat(bytes - folder.toString().length() - "//csi.sock".length());
    var endpoint = "unix://" + Files.createDirectory(folder.resolve(name)).resolve("csi.sock");
    assertThat(endpoint).hasSize("unix://".length() + bytes);
    try (var _ = new Served(sockets.serve(endpoint, ready()));
        var connection = sockets.open(endpoint)) {
      answers(connection);
    }
  }

  @Test
  void the_short_links_into_a_folder_are_forgotten_on_demand_and_no_others() throws IOException {
    var dead = Files.createDirectories(folder.resolve("d".repeat(100)));
    var alive = Files.createDirectories(folder.resolve("a".repeat(100)));
    try (var toDead = sockets.open("unix://" + dead.resolve("csi.sock"));
        var toAlive = sockets.open("unix://" + alive.resolve("csi.sock"))) {
      assertThatThrownBy(() -> toDead.call(new Probe(), LONG));
      assertThatThrownBy(() -> toAlive.call(new Probe(), LONG));
    }
    assertThat(linksInto(folder)).containsExactlyInAnyOrder(dead, alive);
    GrpcSockets.forgetLinksInto(dead);
    assertThat(linksInto(folder)).containsExactly(alive);
    GrpcSockets.forgetLinksInto(folder);
    assertThat(linksInto(folder)).isEmpty();
  }

  private static List<Path> linksInto(Path folder) throws IOException {
    var into = new ArrayList<Path>();
    if (!Files.exists(Path.of("/run/moorage"))) return into;
    try (var links = Files.newDirectoryStream(Path.of("/run/moorage"))) {
      for (var link : links) into.add(Files.readSymbolicLink(link));
    }
    into.removeIf(target -> !target.startsWith(folder));
    return into;
  }

  @Test
  void a_name_that_is_too_long_even_for_that_is_refused_with_the_limit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sockets.open("unix:///run/" + "n".repeat(108) + ".sock"))
        .withMessageContaining("106");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> serve(ready()))
        .isInstanceOfSatisfying(
            CsiException.class, refusal -> assertThat(refusal.code()).isEqualTo(Code.UNAVAILABLE))
        .hasMessageContaining(message);
  }

  @Test
  void nobody_there_names_the_path_and_what_the_kernel_said() {
    try (var connection = open()) {
      assertThatThrownBy(() -> connection.call(new Probe(), LONG))
          .hasMessageContaining(path().toString())
          .hasMessageContaining("No such file");
    }
  }

  @Test
  void closing_lets_running_calls_end_and_takes_no_new_ones() {
    var begun = process.newGate();
    var goOn = process.newGate();
    var driver =
        new ScriptedDriver(call -> {
          begun.open();
          return new Probe.Answer(goOn.await(LONG));
        });
    try (var connection = open()) {
      var server = serve(driver);
      var call = process.start("call", () -> connection.call(new Probe(), LONG));
      assertThat(begun.await(LONG)).isTrue();
      var closing =
          process.start(
              "close",
              () -> {
                server.close();
                return Done.DONE;
              });
      await().until(() -> !Files.exists(path()));
      assertThat(closing.ended()).isFalse();
      goOn.open();
      assertThat(call.await()).isEqualTo(new Probe.Answer(true));
      closing.await();
      assertThatExceptionOfType(CsiException.class)
          .isThrownBy(() -> connection.call(new Probe(), LONG));
    }
  }

  // Many calls

  @Test
  void a_thousand_calls_from_fifty_tasks_arrive_once_each() {
    var driver = new ScriptedDriver(call -> Done.DONE);
    try (var _ = serve(driver);
        var connection = open()) {
      var tasks = new ArrayList<Task<Done>>();
      for (int i = 0; i < 50; i++) {
        int task = i;
        tasks.add(process.start("caller " + i, () -> callTwentyTimes(connection, task)));
      }
      tasks.forEach(Task::await);
      assertThat(connection.epoch()).isEqualTo(1);
    }
    assertThat(driver.calls()).hasSize(1000).doesNotHaveDuplicates();
  }

  private static Done callTwentyTimes(Csi driver, int task) {
    for (int i = 0; i < 20; i++) {
      var volume = new VolumeId("vol-" + task + "-" + i);
      var _ = driver.call(new DeleteVolume(volume, Secrets.NONE), LONG);
    }
    return Done.DONE;
  }

  @Test
  void a_driver_that_comes_and_goes_serves_every_caller_that_asks_while_it_is_there() {
    try (var connection = open()) {
      for (int round = 0; round < 5; round++) {
        try (var _ = serve(ready())) {
          var tasks = new ArrayList<Task<Probe.Answer>>();
          for (int i = 0; i < 10; i++)
            tasks.add(process.start("caller", () -> connection.call(new Probe(), LONG)));
          tasks.forEach(task -> assertThat(task.await().ready()).isTrue());
        }
        var tasks = new ArrayList<Task<Probe.Answer>>();
        for (int i = 0; i < 10; i++)
          tasks.add(process.start("caller", () -> connection.call(new Probe(), LONG)));
        for (var task : tasks)
          assertThatThrownBy(task::await)
              .isInstanceOfSatisfying(
                  CsiException.class, gone -> assertThat(gone.code()).isEqualTo(Code.UNAVAILABLE));
      }
    }
  }

  @Test
  void a_driver_that_answers_unavailable_keeps_its_connection() {
    var driver = ScriptedDriver.failing(new CsiException(Code.UNAVAILABLE, "not today"));
    try (var _ = serve(driver);
        var connection = open()) {
      for (int i = 0; i < 3; i++)
        assertThatThrownBy(() -> connection.call(new Probe(), LONG))
            .hasMessageContaining("not today");
      assertThat(connection.epoch()).isEqualTo(1);
    }
  }

  // Foreign callers

  private void asForeigner(Csi driver, Consumer<ManagedChannel> story) {
    try (var _ = serve(driver)) {
      var channel = sockets.channel(new UnixSocketFactory(UnixEndpoint.ofPath(path().toString())));
      try {
        story.accept(channel);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static Status.Code refusal(Runnable call) {
    try {
      call.run();
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getDescription()).isNotEmpty();
      return refused.getStatus().getCode();
    }
  }

  @Test
  void rpcs_of_a_newer_specification_are_unimplemented() {
    asForeigner(
        ready(),
        channel -> {
          for (var name : List.of("csi.v1.Node/NodeFly", "csi.v2.Node/NodeGetInfo")) {
            var newer = NodeGrpc.getNodeGetInfoMethod().toBuilder().setFullMethodName(name).build();
            var request = CsiProto.NodeGetInfoRequest.getDefaultInstance();
            assertThat(
                    refusal(() ->
                        ClientCalls.blockingUnaryCall(
                            channel, newer, CallOptions.DEFAULT, request)))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
          }
        });
  }

  @Test
  void negative_amounts_are_invalid_arguments_that_no_driver_sees() {
    var driver = new ScriptedDriver(call -> Done.DONE);
    var range = CsiProto.CapacityRange.newBuilder();
    asForeigner(
        driver,
        channel -> {
          var controller = ControllerGrpc.newBlockingStub(channel);
          for (var negative : List.of(range.setRequiredBytes(-1).build(), limit(-1)))
            assertThat(
                    refusal(() ->
                        controller.createVolume(
                            CsiProto.CreateVolumeRequest.newBuilder()
                                .setName("pvc-1")
                                .setCapacityRange(negative)
                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        });
    assertThat(driver.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0a81", "ff", "0a02c328"})
  void bytes_that_are_no_message_are_an_invalid_argument_that_no_driver_sees(String bytes) {
    var driver = new ScriptedDriver(call -> Done.DONE);
    try (var _ = serve(driver);
        var raw = new RawCsi(process, "unix://" + path())) {
      for (var name : List.of("DeleteVolume", "GetMetadataAllocated")) {
        var rpc = Objects.requireNonNull(RawCsi.rpcs().get(name));
        var answer = raw.call(rpc, HexFormat.of().parseHex(bytes), LONG);
        assertThat(answer.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answer.text()).contains(name).contains("no message");
      }
    }
    assertThat(driver.calls()).isEmpty();
  }

  private static CsiProto.CapacityRange limit(long bytes) {
    return CsiProto.CapacityRange.newBuilder().setLimitBytes(bytes).build();
  }

  @Test
  void an_access_mode_of_a_newer_specification_arrives_as_unknown() {
    var driver = new ScriptedDriver(call -> new ControllerPublishVolume.Answer(Map.of()));
    asForeigner(
        driver,
        channel -> {
          var _ =
              ControllerGrpc.newBlockingStub(channel)
                  .controllerPublishVolume(
                      CsiProto.ControllerPublishVolumeRequest.newBuilder()
                          .setVolumeCapability(
                              CsiProto.VolumeCapability.newBuilder()
                                  .setBlock(CsiProto.VolumeCapability.BlockVolume.newBuilder())
                                  .setAccessMode(
                                      CsiProto.VolumeCapability.AccessMode.newBuilder()
                                          .setModeValue(99)))
                          .build());
        });
    assertThat(driver.calls())
        .containsExactly(
            new ControllerPublishVolume(
                new VolumeId(""),
                new NodeId(""),
                new VolumeCapability(new VolumeCapability.Access.Block(), AccessMode.UNKNOWN),
                false,
                Secrets.NONE,
                Map.of()));
  }

  @Test
  void a_call_without_a_deadline_is_answered() {
    asForeigner(
        ready(),
        channel ->
            assertThat(
                    IdentityGrpc.newBlockingStub(channel)
                        .probe(CsiProto.ProbeRequest.getDefaultInstance())
                        .getReady()
                        .getValue())
                .isTrue());
  }

  // Foreign drivers

  private void withForeignDriver(Consumer<Connection> story, BindableService... services)
      throws IOException {
    var server = foreignServer(services);
    try (var connection = open()) {
      story.accept(connection);
    } finally {
      server.shutdownNow();
    }
  }

  private final ConcurrentLinkedQueue<String> authorities = new ConcurrentLinkedQueue<>();

  private Server foreignServer(BindableService... services) throws IOException {
    var noteAuthority =
        new ServerInterceptor() {
          @Override
          public <Q, A> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            authorities.add(String.valueOf(call.getAuthority()));
            return next.startCall(call, headers);
          }
        };
    var builder =
        OkHttpServerBuilder.forPort(new InetSocketAddress(0), InsecureServerCredentials.create())
            .socketFactory(UnixServerSocket.factory(UnixEndpoint.ofPath(path().toString())))
            .intercept(noteAuthority);
    for (var service : services) builder.addService(service);
    return builder.build().start();
  }

  private static <A> void answer(StreamObserver<A> observer, A answer) {
    observer.onNext(answer);
    observer.onCompleted();
  }

  @Test
  void the_authority_is_localhost() throws IOException {
    withForeignDriver(
        connection -> answers(connection),
        new IdentityGrpc.IdentityImplBase() {
          @Override
          public void probe(
              CsiProto.ProbeRequest request, StreamObserver<CsiProto.ProbeResponse> observer) {
            answer(observer, CsiProto.ProbeResponse.getDefaultInstance()); // absent means ready
          }
        });
    assertThat(authorities).containsExactly("localhost");
  }

  @Test
  void capabilities_of_a_newer_specification_are_left_out() throws IOException {
    withForeignDriver(
        connection -> {
          assertThat(connection.call(new NodeGetCapabilities(), LONG).capabilities())
              .containsExactly(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME);
          assertThat(connection.call(new GetPluginCapabilities(), LONG).capabilities())
              .containsExactly(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
        },
        new NewerIdentity(),
        new NewerNode());
  }

  private static final class NewerIdentity extends IdentityGrpc.IdentityImplBase {
    @Override
    public void getPluginCapabilities(
        CsiProto.GetPluginCapabilitiesRequest request,
        StreamObserver<CsiProto.GetPluginCapabilitiesResponse> observer) {
      answer(
          observer,
          CsiProto.GetPluginCapabilitiesResponse.newBuilder()
              .addCapabilities(CsiProto.PluginCapability.getDefaultInstance())
              .addCapabilities(service(99))
              .addCapabilities(service(1))
              .build());
    }

    private static CsiProto.PluginCapability service(int number) {
      return CsiProto.PluginCapability.newBuilder()
          .setService(CsiProto.PluginCapability.Service.newBuilder().setTypeValue(number))
          .build();
    }
  }

  private static final class NewerNode extends NodeGrpc.NodeImplBase {
    @Override
    public void nodeGetCapabilities(
        CsiProto.NodeGetCapabilitiesRequest request,
        StreamObserver<CsiProto.NodeGetCapabilitiesResponse> observer) {
      var answer = CsiProto.NodeGetCapabilitiesResponse.newBuilder();
      for (int number : new int[] {0, 1, 99})
        answer.addCapabilities(
            CsiProto.NodeServiceCapability.newBuilder()
                .setRpc(CsiProto.NodeServiceCapability.RPC.newBuilder().setTypeValue(number)));
      answer(observer, answer.build());
    }

    @Override
    public void nodeExpandVolume(
        CsiProto.NodeExpandVolumeRequest request,
        StreamObserver<CsiProto.NodeExpandVolumeResponse> observer) {
      answer(observer, CsiProto.NodeExpandVolumeResponse.newBuilder().setCapacityBytes(-5).build());
    }
  }

  @Test
  void a_negative_amount_in_an_answer_is_the_drivers_error_not_the_callers() throws IOException {
    var expand =
        new NodeExpandVolume(
            new VolumeId("vol-1"),
            "/mnt",
            CapacityRange.atLeast(Bytes.gibi(1)),
            "",
            VolumeCapability.MISSING,
            Secrets.NONE);
    withForeignDriver(
        connection ->
            assertThatThrownBy(() -> connection.call(expand, LONG))
                .isInstanceOfSatisfying(
                    CsiException.class,
                    nonsense -> assertThat(nonsense.code()).isEqualTo(Code.UNAVAILABLE))
                .hasMessageContaining("-5"),
        new NewerNode());
  }

  @Test
  void a_driver_without_a_service_leaves_its_calls_unimplemented() throws IOException {
    var capacity = new GetCapacity(List.of(), Map.of(), Topology.NONE);
    withForeignDriver(
        connection ->
            assertThatThrownBy(() -> connection.call(capacity, LONG))
                .isInstanceOfSatisfying(
                    CsiException.class,
                    missing -> assertThat(missing.code()).isEqualTo(Code.UNIMPLEMENTED)),
        new NewerNode());
  }
}
