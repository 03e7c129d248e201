package dev.moorage.csiwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import csi.v1.CsiProto.ControllerUnpublishVolumeRequest;
import csi.v1.CsiProto.DeleteSnapshotRequest;
import csi.v1.CsiProto.DeleteVolumeGroupSnapshotRequest;
import csi.v1.CsiProto.DeleteVolumeRequest;
import csi.v1.CsiProto.ListSnapshotsRequest;
import csi.v1.CsiProto.ListVolumesRequest;
import csi.v1.CsiProto.NodeGetVolumeStatsRequest;
import csi.v1.CsiProto.NodeUnpublishVolumeRequest;
import csi.v1.CsiProto.NodeUnstageVolumeRequest;
import csi.v1.CsiProto.ProbeResponse;
import dev.moorage.csiwire.RawCsi;
import dev.moorage.csiwire.RawCsi.Answer;
import dev.moorage.csiwire.RawCsi.Rpc;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One caller that asks a driver for anything, good and bad, from a seed, and knows which codes are
/// right. Equal seeds ask the same of drivers that answer the same.
public final class Fuzz {
  private static final Duration LONG = Duration.ofMinutes(2);

  /// Bytes that are no message.
  private static final Set<Code> UNREADABLE = EnumSet.of(Code.INVALID_ARGUMENT);

  private static final double CHANGED = 0.35;
  private static final double DAMAGED = 0.03;
  private static final double AGAIN = 0.08;

  private final RawCsi csi;
  private final Place place;
  private final long seed;
  private final Dice dice;
  private final World world = new World();
  private final Requests requests;
  private final Hostile hostile;
  private final Oracle oracle;
  private final Learning learning;
  private final Map<String, Rpc> rpcs = RawCsi.rpcs();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, String> wrongs = new TreeMap<>();
  private int asked;
  private int reaching;

  public Fuzz(RawCsi csi, Place place, long seed) {
    this.csi = csi;
    this.place = place;
    this.seed = seed;
    this.dice = new Dice(seed);
    this.requests = new Requests(dice, world, place);
    this.hostile = new Hostile(dice, place);
    this.oracle = new Oracle(world, place);
    this.learning = new Learning(world);
  }

  /// Asks so many times, then takes everything away again.
  ///
  /// @throws AssertionError naming the seed, the request and what was wrong
  public void run(int count) {
    var names = List.copyOf(rpcs.keySet());
    while (asked < count) {
      var rpc = rpc(requests.rpc(names));
      var request = requests.request(rpc.name(), rpc.request());
      if (dice.happens(CHANGED)) request = changed(request);
      var bytes = request.toByteArray();
      if (dice.happens(DAMAGED)) bytes = hostile.damaged(bytes);
      var read = read(rpc, bytes);
      if (read.isPresent() && !stays(read.get())) continue;
      var answer = ask(rpc, bytes, read);
      if (answer.ok() && dice.happens(AGAIN)) askAgain(rpc, bytes, read.orElseThrow(), answer);
      if (asked % 500 == 0) checkReady();
    }
    clear();
    checkReady();
    assertThat(wrongs.values()).as("wrong answers").isEmpty();
  }

  private Rpc rpc(String name) {
    var rpc = rpcs.get(name);
    if (rpc == null) throw new IllegalStateException("no rpc " + name);
    return rpc;
  }

  private Message changed(Message request) {
    var builder = request.toBuilder();
    do hostile.change(builder);
    while (dice.happens(0.3));
    return builder.build();
  }

  private static Optional<Message> read(Rpc rpc, byte[] bytes) {
    try {
      return Optional.of(rpc.request().getParserForType().parseFrom(bytes));
    } catch (InvalidProtocolBufferException unreadable) {
      return Optional.empty();
    }
  }

  /// A driver does what a caller says, anywhere: paths that are safe to use stay in our folder.
  private boolean stays(Message request) {
    return request.getAllFields().entrySet().stream()
        .filter(field -> field.getKey().getName().endsWith("path"))
        .allMatch(field -> Paths.staysIn(place.folder(), String.valueOf(field.getValue())));
  }

  private Answer ask(Rpc rpc, byte[] bytes, Optional<Message> request) {
    var right = request.map(oracle::right).orElse(UNREADABLE);
    if (request.isPresent() && names(request.get())) reaching++;
    var answer = csi.call(rpc, bytes, LONG);
    asked++;
    counts.merge(rpc.name() + " " + answer.code(), 1, Integer::sum);
    try {
      assertThat(right).as("right codes").contains(answer.code());
      checkText(request, answer);
      if (answer.ok()) learning.learn(request.orElseThrow(), message(rpc, answer));
    } catch (RuntimeException | AssertionError wrong) {
      found(rpc.name(), told(rpc, bytes, request, answer) + wrong.getMessage());
    }
    return answer;
  }

  /// Goes on, so that one run tells of more than one thing: the first of each rpc.
  private void found(String rpc, String wrong) {
    wrongs.putIfAbsent(rpc, wrong);
  }

  /// Whether it is about a volume or a snapshot that is there.
  private boolean names(Message request) {
    return request.getAllFields().entrySet().stream()
        .filter(field -> field.getKey().getName().endsWith("_id") || field.getKey().isRepeated())
        .map(field -> String.valueOf(field.getValue()))
        .anyMatch(id ->
            world.volumes.containsKey(id)
                || world.snapshots.containsKey(id)
                || world.groups.containsKey(id)
                || world.inline.containsKey(id));
  }

  private String told(Rpc rpc, byte[] bytes, Optional<Message> request, Answer answer) {
    return "seed "
        + seed
        + ", request "
        + asked
        + ": "
        + rpc.name()
        + " {"
        + request
            .map(text -> TextFormat.printer().emittingSingleLine(true).printToString(text))
            .map(text -> text.replaceAll("(.{3})\\1{20,}", "$1$1$1..."))
            .orElse("unreadable: " + java.util.HexFormat.of().formatHex(bytes))
        + "}\nwas answered "
        + answer.code()
        + ": "
        + answer.text()
        + "\n";
  }

  private static void checkText(Optional<Message> request, Answer answer) {
    if (!answer.ok()) assertThat(answer.text()).as("a refusal's message").isNotBlank();
    for (var secret : List.of(Requests.SECRET, Requests.FLAG))
      if (request.stream().noneMatch(one -> isPublic(one, secret)))
        assertThat(answer.text()).doesNotContain(secret);
  }

  /// Whether damage has moved a secret into a field that is none.
  private static boolean isPublic(Message request, String secret) {
    return request.getAllFields().entrySet().stream()
        .filter(field -> !field.getKey().getName().equals("secrets"))
        .filter(field -> !field.getKey().getName().contains("capabilit"))
        .anyMatch(field -> String.valueOf(field.getValue()).contains(secret));
  }

  private static Message message(Rpc rpc, Answer answer) {
    try {
      var last = rpc.answer();
      for (var bytes : answer.messages()) last = last.getParserForType().parseFrom(bytes);
      return last;
    } catch (InvalidProtocolBufferException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /// What went well goes well again, with the same answer.
  private void askAgain(Rpc rpc, byte[] bytes, Message request, Answer first) {
    boolean lists = rpc.name().startsWith("List") || rpc.name().contains("Health");
    var again = ask(rpc, bytes, Optional.of(request));
    if (again.ok() && (lists || request instanceof NodeGetVolumeStatsRequest)) return;
    if (!again.ok() || !message(rpc, again).equals(message(rpc, first)))
      found(
          rpc.name() + " again",
          told(rpc, bytes, Optional.of(request), again) + "the first time it was answered OK");
  }

  private void checkReady() {
    var rpc = rpc("Probe");
    var answer = csi.call(rpc, new byte[0], LONG);
    assertThat(answer.ok()).as("seed %s: probe %s", seed, answer).isTrue();
    assertThat(((ProbeResponse) message(rpc, answer)).getReady().getValue()).isTrue();
  }

  /// Takes away all that is there; all of it can be.
  private void clear() {
    new TreeMap<>(world.inline).forEach(this::unpublish);
    // One volume's path may be inside another one's.
    for (var vol : world.all())
      for (var target : new ArrayList<>(vol.targets.keySet())) unpublish(vol.id, target);
    for (var vol : world.all()) {
      if (vol.staged != null) unstage(vol.id, vol.staged.getStagingTargetPath());
      if (vol.published != null)
        must(
            "ControllerUnpublishVolume",
            ControllerUnpublishVolumeRequest.newBuilder().setVolumeId(vol.id).build());
      must("DeleteVolume", DeleteVolumeRequest.newBuilder().setVolumeId(vol.id).build());
    }
    for (var group : List.copyOf(world.groups.values()))
      must(
          "DeleteVolumeGroupSnapshot",
          DeleteVolumeGroupSnapshotRequest.newBuilder()
              .setGroupSnapshotId(group.id())
              .addAllSnapshotIds(group.members())
              .build());
    for (var id : List.copyOf(world.snapshots.keySet()))
      must("DeleteSnapshot", DeleteSnapshotRequest.newBuilder().setSnapshotId(id).build());
    must("ListVolumes", ListVolumesRequest.getDefaultInstance());
    must("ListSnapshots", ListSnapshotsRequest.getDefaultInstance());
  }

  private void unpublish(String id, String target) {
    must(
        "NodeUnpublishVolume",
        NodeUnpublishVolumeRequest.newBuilder().setVolumeId(id).setTargetPath(target).build());
  }

  private void unstage(String id, String path) {
    must(
        "NodeUnstageVolume",
        NodeUnstageVolumeRequest.newBuilder().setVolumeId(id).setStagingTargetPath(path).build());
  }

  private void must(String name, Message request) {
    var answer = ask(rpc(name), request.toByteArray(), Optional.of(request));
    if (!answer.ok())
      found("end " + name, told(rpc(name), request.toByteArray(), Optional.of(request), answer));
  }

  /// How many requests were sent.
  public int asked() {
    return asked;
  }

  /// How many of them were about something that was there.
  public int reaching() {
    return reaching;
  }

  /// How often each code was the answer to each rpc.
  public Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }
}
