package dev.moorage.sim;

import static dev.moorage.sim.ForeignDriver.answers;
import static dev.moorage.sim.ForeignDriver.doesAndAnswers;
import static dev.moorage.sim.ForeignDriver.refuses;
import static dev.moorage.sim.ForeignWorld.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Selection;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a foreign driver does wrong is told where its user looks, by driver, call and what was
/// seen; other drivers work on; when it is good again everything goes on, and nothing is left.
final class ForeignFaultsStory {
  private static final String NAME = "foreign.example.com";

  // Making a volume

  @ParameterizedTest
  @EnumSource(Code.class)
  void a_refused_creation_is_told_on_the_claim(Code code) {
    check(
        it -> it.driver.faulty("CreateVolume", refuses(code)),
        "data",
        "ProvisioningFailed",
        NAME,
        "CreateVolume",
        code.name(),
        "so it is");
  }

  @Test
  void a_creation_without_an_answer_is_told_on_the_claim() {
    check(
        it -> it.driver.faulty("CreateVolume", it.driver.hangs()),
        "data",
        "ProvisioningFailed",
        NAME,
        "CreateVolume",
        "DEADLINE_EXCEEDED");
  }

  @Test
  void a_creation_that_outlasts_its_caller_is_found_when_it_is_asked_again() {
    play(it -> {
      it.driver.faulty("CreateVolume", it.driver.firstTakes(Duration.ofSeconds(30)));
      it.claimAndPod("data", "app", FOREIGN);
      it.user.hears("data", "ProvisioningFailed", NAME, "CreateVolume", "DEADLINE_EXCEEDED");
      it.user.seesRunning("app");
    });
  }

  @Test
  void a_driver_that_dies_in_the_middle_of_a_creation_is_asked_again_when_it_is_back() {
    play(it -> {
      it.driver.faulty(
          "CreateVolume",
          (call, good) -> {
            var _ = good.apply(call);
            it.driverDies();
            return good.apply(call);
          });
      it.claimAndPod("data", "app", FOREIGN);
      it.user.hears("data", "ProvisioningFailed", NAME, "CreateVolume", "UNAVAILABLE");
      it.othersWork();
      it.driver.good();
      it.driverComes();
      it.user.seesRunning("app");
    });
  }

  @Test
  void a_volume_without_an_id_is_told_on_the_claim() {
    check(
        it -> it.driver.faulty("CreateVolume", makes(v -> with(v, "", v.capacity()))),
        "data",
        "ProvisioningFailed",
        NAME,
        "CreateVolume",
        "id");
  }

  @Test
  void a_volume_that_is_too_small_is_told_on_the_claim() {
    check(
        it -> it.driver.faulty("CreateVolume", makes(v -> with(v, v.id().text(), Bytes.mebi(1)))),
        "data",
        "ProvisioningFailed",
        NAME,
        "1Mi",
        "512Mi");
  }

  @Test
  void a_volume_of_unsaid_size_has_the_size_that_was_asked() {
    play(it -> {
      it.driver.faulty("CreateVolume", makes(v -> with(v, v.id().text(), Bytes.ZERO)));
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      assertThat(it.user.seesBound("data").capacity()).isEqualTo(ForeignWorld.SIZE);
    });
  }

  @Test
  void another_claims_volume_is_not_handed_out_and_not_removed() {
    play(it -> {
      it.claimAndPod("first", "first-app", FOREIGN);
      it.user.seesRunning("first-app");
      var first = it.user.kube().list(Kinds.VOLUME, Selection.ALL).items().getFirst();
      var id = first.csi().handle();
      it.driver.faulty("CreateVolume", makes(v -> with(v, id, v.capacity())));
      it.claimAndPod("data", "app", FOREIGN);
      it.user.hears("data", "ProvisioningFailed", NAME, id, first.meta().name());
      it.user.deletes(Kinds.POD, "app");
      it.user.deletes(Kinds.CLAIM, "data");
      it.later();
      assertThat(it.driver.kept()).anyMatch(line -> line.startsWith("volume " + id));
      it.driver.good();
      it.later();
      it.user.seesGone(Kinds.CLAIM, "data");
      it.goAway("first", "first-app");
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
    });
  }

  @Test
  void a_context_that_is_too_large_is_told_on_the_claim() {
    var huge = Map.of("key", "x".repeat(4_000_000));
    check(
        it ->
            it.driver.faulty(
                "CreateVolume",
                makes(v -> new Volume(v.id(), v.capacity(), huge, v.source(), v.accessible()))),
        "data",
        "ProvisioningFailed",
        NAME,
        "volume context");
  }

  @Test
  void a_claim_that_is_deleted_while_the_driver_hangs_leaves_nothing_when_it_is_back() {
    play(it -> {
      it.driver.faulty(
          "CreateVolume",
          (call, good) -> {
            var _ = good.apply(call);
            return it.driver.hangs().answer(call, good);
          });
      it.claimAndPod("data", "app", FOREIGN);
      it.user.hears("data", "ProvisioningFailed", "DEADLINE_EXCEEDED");
      it.user.deletes(Kinds.POD, "app");
      it.user.deletes(Kinds.CLAIM, "data");
      it.later();
      assertThat(it.driver.kept()).hasSize(1);
      it.driver.good();
      it.later();
      it.user.seesGone(Kinds.CLAIM, "data");
      assertThat(it.driver.kept()).isEmpty();
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
    });
  }

  @Test
  void a_driver_that_makes_no_volumes_is_named_on_the_claim() {
    check(
        it -> {
          it.driver.controller.remove(ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME);
          it.driverRestarts();
          it.tasks.home().sleep(Duration.ofSeconds(15)); // somebody knocks each 10 s
        },
        it -> {
          it.driver.controller.add(ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME);
          it.driverRestarts();
          it.tasks.home().sleep(Duration.ofSeconds(15)); // somebody knocks each 10 s
        },
        "data",
        "ProvisioningFailed",
        NAME,
        "cannot create volumes");
  }

  @Test
  void a_driver_without_a_controller_is_named_on_the_claim() {
    check(
        it -> {
          it.driver.plugin.remove(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
          it.driver.faulty("ControllerGetCapabilities", refuses(Code.UNIMPLEMENTED));
          it.driverRestarts();
          it.tasks.home().sleep(Duration.ofSeconds(15)); // somebody knocks each 10 s
        },
        it -> {
          it.driver.plugin.add(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
          it.driver.good();
          it.driverRestarts();
          it.tasks.home().sleep(Duration.ofSeconds(15)); // somebody knocks each 10 s
        },
        "data",
        "ProvisioningFailed",
        NAME,
        "cannot create volumes");
  }

  @Test
  void a_driver_that_comes_back_silent_is_named_on_the_claim() {
    check(
        it -> {
          it.driver.faulty("GetPluginCapabilities", it.driver.hangs());
          it.driver.faulty("GetPluginInfo", it.driver.hangs());
          it.driverRestarts();
          it.tasks.home().sleep(Duration.ofSeconds(15)); // somebody knocks each 10 s
        },
        "data",
        "ProvisioningFailed",
        NAME,
        "DEADLINE_EXCEEDED");
  }

  // Attaching

  @ParameterizedTest
  @EnumSource(Code.class)
  void a_refused_attachment_is_told_on_the_pod_and_in_the_attachment(Code code) {
    check(
        it -> it.driver.faulty("ControllerPublishVolume", refuses(code)),
        it -> {
          assertThat(attachError(it)).contains(NAME, "ControllerPublishVolume", code.name());
          it.driver.good();
        },
        "app",
        "FailedAttachVolume",
        NAME,
        "ControllerPublishVolume",
        code.name());
  }

  @Test
  void an_attachment_without_an_answer_is_told_on_the_pod() {
    check(
        it -> it.driver.faulty("ControllerPublishVolume", it.driver.hangs()),
        "app",
        "FailedAttachVolume",
        NAME,
        "ControllerPublishVolume",
        "DEADLINE_EXCEEDED");
  }

  @Test
  void an_attachment_with_a_context_that_is_too_large_is_told_on_the_pod() {
    check(
        it ->
            it.driver.faulty(
                "ControllerPublishVolume",
                doesAndAnswers(
                    _ -> new ControllerPublishVolume.Answer(Map.of("key", "x".repeat(4_000_000))))),
        "app",
        "FailedAttachVolume",
        NAME);
  }

  @Test
  void a_detachment_that_fails_is_told_in_the_attachment() {
    play(it -> {
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      it.driver.faulty("ControllerUnpublishVolume", it.driver.hangs());
      it.user.deletes(Kinds.POD, "app");
      it.user.seesGone(Kinds.POD, "app");
      it.later();
      var attachment = it.user.kube().list(Kinds.ATTACHMENT, Selection.ALL).items().getFirst();
      assertThat(attachment.detachError())
          .contains(NAME, "ControllerUnpublishVolume", "DEADLINE_EXCEEDED");
      it.othersWork();
      it.driver.good();
      it.later();
      it.user.runs("app", "data");
      it.user.seesRunning("app");
    });
  }

  // Mounting

  @ParameterizedTest
  @EnumSource(Code.class)
  void a_refused_staging_is_told_on_the_pod(Code code) {
    check(
        it -> it.driver.faulty("NodeStageVolume", refuses(code)),
        "app",
        "FailedMount",
        NAME,
        "NodeStageVolume",
        code.name());
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void a_refused_publishing_is_told_on_the_pod(Code code) {
    check(
        it -> it.driver.faulty("NodePublishVolume", refuses(code)),
        "app",
        "FailedMount",
        NAME,
        "NodePublishVolume",
        code.name());
  }

  @Test
  void a_staging_without_an_answer_is_told_on_the_pod() {
    check(
        it -> it.driver.faulty("NodeStageVolume", it.driver.hangs()),
        "app",
        "FailedMount",
        NAME,
        "NodeStageVolume",
        "DEADLINE_EXCEEDED");
  }

  @Test
  void a_publishing_that_mounts_nothing_is_told_on_the_pod() {
    check(
        it -> it.driver.faulty("NodePublishVolume", answers(Done.DONE)),
        "app",
        "FailedMount",
        NAME,
        "nothing is mounted at");
  }

  @Test
  void a_driver_that_hangs_on_every_volume_keeps_no_other_driver_waiting() {
    play(it -> {
      it.driver.faulty("NodeStageVolume", it.driver.hangs());
      it.driver.faulty("NodeGetCapabilities", it.driver.hangs());
      for (int i = 0; i < 20; i++) it.claimAndPod("data-" + i, "app-" + i, FOREIGN);
      it.user.hears("app-0", "FailedMount", NAME);
      it.othersWork();
      it.driver.good();
      for (int i = 0; i < 20; i++) it.user.seesRunning("app-" + i);
      it.driver.faulty("NodeUnpublishVolume", it.driver.hangs());
      for (int i = 0; i < 20; i++) it.user.deletes(Kinds.POD, "app-" + i);
      it.world.settle();
      it.othersWork();
      it.driver.good();
      for (int i = 0; i < 20; i++) it.user.deletes(Kinds.CLAIM, "data-" + i);
      it.later();
      for (int i = 0; i < 20; i++) it.user.seesGone(Kinds.CLAIM, "data-" + i);
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
    });
  }

  @Test
  void an_unmount_without_an_answer_is_told_on_the_pod() {
    play(it -> {
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      it.driver.faulty("NodeUnpublishVolume", it.driver.hangs());
      it.user.deletes(Kinds.POD, "app");
      it.user.hears("app", "FailedUnMount", NAME, "NodeUnpublishVolume", "DEADLINE_EXCEEDED");
      it.othersWork();
      it.driver.good();
      it.later();
      it.user.seesGone(Kinds.POD, "app");
      it.user.runs("app", "data");
      it.user.seesRunning("app");
    });
  }

  // Registering

  @Test
  void a_driver_without_an_answer_about_its_node_keeps_no_other_driver_waiting() {
    ForeignWorld.play(it -> {
      it.driver.faulty("NodeGetInfo", it.driver.hangs());
      it.driverComes();
      it.install("Immediate");
      it.tasks.home().sleep(Duration.ofSeconds(20));
      it.world.stop("driver loop.moorage.dev@node-1");
      it.world.resume("driver loop.moorage.dev@node-1");
      it.othersWork();
      it.driver.good();
      it.awaitRegistered();
    });
  }

  @Test
  void a_node_without_an_id_is_told_on_the_node_and_registered_when_it_has_one() {
    unregistered(
        it ->
            it.driver.faulty(
                "NodeGetInfo",
                answers(new NodeGetInfo.Answer(new NodeId(""), 0, it.driver.topology))),
        "id");
  }

  @Test
  void a_place_that_cannot_be_a_label_is_told_on_the_node() {
    var nowhere = new Topology(Map.of("not a label!", "nor a value!"));
    unregistered(
        it ->
            it.driver.faulty(
                "NodeGetInfo", answers(new NodeGetInfo.Answer(new NodeId("n"), 0, nowhere))),
        "label");
  }

  @Test
  void a_driver_without_a_node_service_is_told_on_the_node() {
    unregistered(
        it -> it.driver.faulty("NodeGetInfo", refuses(Code.UNIMPLEMENTED)), "UNIMPLEMENTED");
  }

  private static void unregistered(Consumer<ForeignWorld> fault, String word) {
    ForeignWorld.play(it -> {
      fault.accept(it);
      it.driverComes();
      it.install("Immediate");
      it.user.hears("node-1", "FailedDriverRegistration", NAME, word);
      it.othersWork();
      it.driver.good();
      it.later();
      it.awaitRegistered();
      it.remember();
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      it.goAway("data", "app");
      it.nothingIsLeft();
    });
  }

  @Test
  void a_name_that_cannot_be_one_is_refused_and_a_good_one_taken() {
    ForeignWorld.play(it -> {
      it.driver.name = "../../evil name";
      it.driverComes();
      it.othersWork();
      assertThat(it.world.host("node-1").inventory()).noneMatch(line -> line.contains("evil"));
      it.driver.name = NAME;
      it.driverRestarts();
      it.awaitRegistered();
    });
  }

  @Test
  void a_driver_whose_probe_is_not_implemented_is_taken_as_ready() {
    ForeignWorld.play(it -> {
      it.driver.faulty("Probe", refuses(Code.UNIMPLEMENTED));
      it.driverComes();
      it.awaitRegistered();
      it.install("WaitForFirstConsumer");
      it.remember();
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      it.goAway("data", "app");
      it.nothingIsLeft();
    });
  }

  // Growing

  @ParameterizedTest
  @EnumSource(Code.class)
  void a_refused_expansion_is_told_on_the_claim(Code code) {
    growing(
        it -> it.driver.faulty("ControllerExpandVolume", refuses(code)),
        "VolumeResizeFailed",
        NAME,
        "ControllerExpandVolume",
        code.name());
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void a_refused_expansion_on_the_node_is_told_on_the_claim(Code code) {
    growing(
        it -> it.driver.faulty("NodeExpandVolume", refuses(code)),
        "VolumeResizeFailed",
        NAME,
        "NodeExpandVolume",
        code.name());
  }

  @Test
  void an_expansion_without_an_answer_is_told_on_the_claim() {
    growing(
        it -> it.driver.faulty("ControllerExpandVolume", it.driver.hangs()),
        "VolumeResizeFailed",
        NAME,
        "ControllerExpandVolume",
        "DEADLINE_EXCEEDED");
  }

  @Test
  void an_expansion_on_the_node_without_an_answer_is_told_on_the_claim() {
    growing(
        it -> it.driver.faulty("NodeExpandVolume", it.driver.hangs()),
        "VolumeResizeFailed",
        NAME,
        "NodeExpandVolume",
        "DEADLINE_EXCEEDED");
  }

  @Test
  void an_expansion_to_less_is_told_on_the_claim() {
    growing(
        it ->
            it.driver.faulty(
                "ControllerExpandVolume",
                answers(new ControllerExpandVolume.Answer(Bytes.mebi(1), true))),
        "VolumeResizeFailed",
        NAME,
        "1Mi");
  }

  @Test
  void a_driver_that_expands_nothing_is_named_on_the_claim() {
    growing(
        it -> {
          it.driver.controller.remove(ControllerGetCapabilities.Capability.EXPAND_VOLUME);
          it.driver.node.remove(NodeGetCapabilities.Capability.EXPAND_VOLUME);
          it.driverRestarts();
          it.tasks.home().sleep(Duration.ofSeconds(15)); // somebody knocks each 10 s
        },
        it -> {
          it.driver.controller.add(ControllerGetCapabilities.Capability.EXPAND_VOLUME);
          it.driver.node.add(NodeGetCapabilities.Capability.EXPAND_VOLUME);
          it.driverRestarts();
          it.tasks.home().sleep(Duration.ofSeconds(15)); // somebody knocks each 10 s
        },
        "VolumeResizeFailed",
        NAME,
        "cannot expand");
  }

  private static void growing(Consumer<ForeignWorld> fault, String... words) {
    growing(fault, it -> it.driver.good(), words);
  }

  private static void growing(
      Consumer<ForeignWorld> fault, Consumer<ForeignWorld> mend, String... words) {
    play(it -> {
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      fault.accept(it);
      it.user.grows("data", Bytes.gibi(1));
      it.user.hears("data", words);
      it.othersWork();
      mend.accept(it);
      it.later();
      it.user.sees(Kinds.CLAIM, "data", "has 1Gi", claim -> claim.capacity().equals(Bytes.gibi(1)));
    });
  }

  // Removing

  @ParameterizedTest
  @EnumSource(Code.class)
  void a_refused_removal_is_told_on_the_volume(Code code) {
    removing(refuses(code), code.name());
  }

  @Test
  void a_removal_without_an_answer_is_told_on_the_volume() {
    play(it -> removing(it, it.driver.hangs(), "DEADLINE_EXCEEDED"));
  }

  private static void removing(ForeignDriver.Fault fault, String code) {
    play(it -> removing(it, fault, code));
  }

  private static void removing(ForeignWorld it, ForeignDriver.Fault fault, String code) {
    it.claimAndPod("data", "app", FOREIGN);
    it.user.seesRunning("app");
    var volume = it.user.seesBound("data").volumeName();
    it.driver.faulty("DeleteVolume", fault);
    it.goAway("data", "app");
    it.user.hears(volume, "VolumeFailedDelete", NAME, "DeleteVolume", code);
    it.othersWork();
    it.driver.good();
    it.later();
    it.claimAndPod("data", "app", FOREIGN);
    it.user.seesRunning("app");
  }

  // The frame

  private static void check(Consumer<ForeignWorld> fault, String object, String... words) {
    check(fault, it -> it.driver.good(), object, words);
  }

  /// A claim and its pod come while the driver is faulty.
  private static void check(
      Consumer<ForeignWorld> fault, Consumer<ForeignWorld> mend, String object, String... words) {
    play(it -> {
      fault.accept(it);
      it.claimAndPod("data", "app", FOREIGN);
      it.user.hears(object, words);
      it.othersWork();
      mend.accept(it);
      it.later();
      it.user.seesRunning("app");
    });
  }

  /// Before: everything is well. After: the pod `app` with the claim `data` goes away.
  private static void play(Consumer<ForeignWorld> story) {
    ForeignWorld.play(it -> {
      it.driverComes();
      it.awaitRegistered();
      it.install("WaitForFirstConsumer");
      it.remember();
      story.accept(it);
      it.goAway("data", "app");
      it.later();
      it.nothingIsLeft();
    });
  }

  private static String attachError(ForeignWorld it) {
    return it.user.kube().list(Kinds.ATTACHMENT, Selection.ALL).items().getFirst().attachError();
  }

  private static ForeignDriver.Fault makes(UnaryOperator<Volume> other) {
    return doesAndAnswers(made -> other.apply((Volume) made));
  }

  private static Volume with(Volume volume, String id, Bytes capacity) {
    return new Volume(
        new VolumeId(id),
        capacity,
        volume.context(),
        new ContentSource.Empty(),
        volume.accessible());
  }
}
