package dev.moorage.sidecars.provisioner;

import static dev.moorage.sidecars.Given.DRIVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.Given;
import dev.moorage.sidecars.provisioner.ClaimStep.Answered;
import dev.moorage.sidecars.provisioner.ClaimStep.Create;
import dev.moorage.sidecars.provisioner.ClaimStep.DropIntent;
import dev.moorage.sidecars.provisioner.ClaimStep.GiveUpNode;
import dev.moorage.sidecars.provisioner.ClaimStep.Nothing;
import dev.moorage.sidecars.provisioner.ClaimStep.Refuse;
import dev.moorage.sidecars.provisioner.ClaimStep.Undo;
import dev.moorage.sidecars.provisioner.ClaimStep.WriteIntent;
import dev.moorage.sidecars.provisioner.ClaimView.ClassFound;
import dev.moorage.sidecars.provisioner.TopologyChoice.Places;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClaimStepTest {
  private static final Optional<String> NOBODY = Optional.empty();
  private static final Topology HERE = new Topology(Map.of("node", "n1"));
  static final Intent INTENT =
      new Intent(
          new Intent.Origin(DRIVER, "fast", "s-1", "Delete", "n1"),
          new Intent.Shape(
              Bytes.gibi(1),
              false,
              "xfs",
              List.of("noatime"),
              List.of(AccessMode.SINGLE_NODE_MULTI_WRITER)),
          new TreeMap<>(Map.of("label", "data")),
          new TopologyRequirement(List.of(HERE), List.of(HERE)),
          new TreeMap<>());

  private static final String SELECTED = "volume.kubernetes.io/selected-node";
  private static final String ASKED = "volume.kubernetes.io/storage-provisioner";

  private Tree claim = Given.claim();
  private Tree storageClass = Given.storageClass();
  private boolean recorded;
  private KnownDriver.Facts driver = Given.driver();
  private Provisioner.Settings settings = Provisioner.Settings.DEFAULT;
  private Places places =
      new Places(
          List.of(Given.csiNode("n1", "node")), List.of(Given.node("n1", Map.of("node", "n1"))));

  @Test
  void a_claim_that_asks_for_us_gets_an_intent_first() {
    assertThat(next()).isEqualTo(new WriteIntent(INTENT));
  }

  @Test
  void the_beta_annotation_asks_for_us_too() {
    claim =
        Patch.NONE
            .unannotate(ASKED)
            .annotate("volume.beta.kubernetes.io/storage-provisioner", DRIVER)
            .apply(claim);
    assertThat(next()).isEqualTo(new WriteIntent(INTENT));
  }

  @Test
  void a_claim_that_does_not_ask_for_us_is_left_alone() {
    claim = Patch.NONE.annotate(ASKED, "other.example.org").apply(claim);
    nothing("asks for no volume of this driver");
    claim = Patch.NONE.unannotate(ASKED).apply(claim);
    nothing("asks for no volume of this driver");
  }

  @Test
  void a_bound_claim_is_left_alone() {
    claim = claim.with(Tree.of("other"), "spec", "volumeName");
    nothing("has a volume");
  }

  @Test
  void a_late_claim_waits_for_its_node() {
    claim = Patch.NONE.unannotate(SELECTED).apply(claim);
    nothing("waits for a node to be selected");
  }

  @Test
  void a_claim_that_binds_at_once_waits_for_no_node() {
    claim = Patch.NONE.unannotate(SELECTED).apply(claim);
    storageClass = storageClass.with(Tree.of("Immediate"), "volumeBindingMode");
    assertThat(next()).isInstanceOf(WriteIntent.class);
  }

  @Test
  void a_missing_class_is_told() {
    storageClass = Tree.nothing();
    refused("StorageClass \"fast\" does not exist");
  }

  @Test
  void a_class_of_another_driver_is_left_alone() {
    storageClass = storageClass.with(Tree.of("other"), "provisioner");
    nothing("its class belongs to provisioner other");
  }

  @Test
  void what_we_cannot_make_is_told() {
    claim = claim.with(Tree.object("matchLabels", Tree.empty()), "spec", "selector");
    refused("selector");
    claim = Given.claim().with(Tree.object("kind", "VolumeSnapshot"), "spec", "dataSource");
    refused("data source");
    claim = Given.claim().with(Tree.texts(List.of("Sometimes")), "spec", "accessModes");
    refused("access mode Sometimes is unknown");
    claim = Given.claim().with(Tree.texts(List.of()), "spec", "accessModes");
    refused("no access mode");
    claim = Given.claim();
    driver = Given.driver(new dev.moorage.csi.ControllerGetCapabilities.Capability[0]);
    refused("cannot create volumes");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    claim = claim.with(Tree.object("matchLabels", Tree.empty()), "spec", "selector");
    storageClass = storageClass.with(Tree.of("x"), "parameters", "csi.storage.k8s.io/nope");
    refused("selector");
    refused("csi.storage.k8s.io/nope is reserved");
  }

  @Test
  void a_block_volume_has_no_file_system() {
    claim = claim.with(Tree.of("Block"), "spec", "volumeMode");
    assertThat(next())
        .isInstanceOfSatisfying(
            WriteIntent.class,
            write -> {
              assertThat(write.intent().shape().block()).isTrue();
              assertThat(write.intent().shape().fsType()).isEmpty();
            });
  }

  @Test
  void each_access_mode_is_a_capability_of_its_own() {
    claim = claim.with(Tree.texts(List.of("ReadWriteOnce", "ReadOnlyMany")), "spec", "accessModes");
    assertThat(next())
        .isInstanceOfSatisfying(
            WriteIntent.class,
            write ->
                assertThat(write.intent().shape().modes())
                    .containsExactly(
                        AccessMode.SINGLE_NODE_MULTI_WRITER, AccessMode.MULTI_NODE_READER_ONLY));
  }

  @Test
  void a_node_without_the_driver_is_given_up() {
    places = new Places(List.of(), places.nodes());
    assertThat(next()).isInstanceOf(GiveUpNode.class);
  }

  @Test
  void a_driver_without_topology_is_told_none() {
    driver =
        Given.driver(dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME);
    places = new Places(List.of(), List.of());
    assertThat(next())
        .isInstanceOfSatisfying(
            WriteIntent.class,
            write ->
                assertThat(write.intent().accessibility()).isEqualTo(TopologyRequirement.NONE));
  }

  @Test
  void on_one_node_only_its_own_claims_count() {
    settings = settings.onNode("n1");
    assertThat(next()).isEqualTo(new WriteIntent(INTENT));
    settings = settings.onNode("n2");
    nothing("the provisioner of node n1 has the next move");
    claim = Patch.NONE.unannotate(SELECTED).apply(claim);
    storageClass = storageClass.with(Tree.of("Immediate"), "volumeBindingMode");
    nothing("use volumeBindingMode WaitForFirstConsumer");
  }

  @Test
  void with_an_intent_the_driver_is_asked_for_exactly_that() {
    claim = begun(claim);
    assertThat(next()).isEqualTo(new Create(INTENT));
  }

  @Test
  void whatever_becomes_of_class_and_node_the_intent_counts() {
    claim = Patch.NONE.unannotate(SELECTED).apply(begun(claim));
    claim = claim.with(Tree.of("2Gi"), "spec", "resources", "requests", "storage");
    storageClass = Tree.nothing();
    places = new Places(List.of(), List.of());
    assertThat(next()).isEqualTo(new Create(INTENT));
  }

  @Test
  void another_node_s_or_driver_s_intent_is_left_alone() {
    claim = Patch.NONE.annotate(SELECTED, "n2").apply(begun(claim));
    settings = settings.onNode("n2");
    nothing("the provisioner of node n1 works on it");
    settings = Provisioner.Settings.DEFAULT;
    driver = new KnownDriver.Facts("other", driver.plugin(), driver.controller());
    nothing("the provisioner of " + DRIVER + " works on it");
  }

  @Test
  void a_claim_that_goes_away_meanwhile_is_undone() {
    claim = Given.deleting(begun(claim));
    assertThat(next()).isEqualTo(new Undo(INTENT));
  }

  @Test
  void a_claim_that_got_another_volume_meanwhile_is_undone() {
    claim = begun(claim).with(Tree.of("other"), "spec", "volumeName");
    assertThat(next()).isEqualTo(new Undo(INTENT));
  }

  @Test
  void once_the_volume_is_recorded_the_intent_goes() {
    recorded = true;
    claim = begun(claim);
    assertThat(next()).isInstanceOf(DropIntent.class);
    claim = Given.deleting(claim);
    assertThat(next()).isInstanceOf(DropIntent.class);
    claim = Given.claim();
    nothing("its PersistentVolume exists");
  }

  @Test
  void a_claim_that_goes_away_before_anything_began_is_left_alone() {
    claim = Given.deleting(claim);
    nothing("being deleted");
  }

  @Test
  void a_damaged_intent_is_written_again() {
    claim = Patch.NONE.annotate(Intent.ANNOTATION, "?").apply(begun(claim));
    assertThat(next()).isEqualTo(new WriteIntent(INTENT));
  }

  @Test
  void an_annotation_without_our_finalizer_says_nothing() {
    claim = Patch.NONE.removeFinalizer(Intent.FINALIZER).apply(begun(claim));
    assertThat(next()).isEqualTo(new WriteIntent(INTENT));
  }

  @Test
  void a_volume_below_the_wish_is_discarded() {
    assertThat(Answered.of(INTENT, volume(Bytes.gibi(1)), NOBODY))
        .isEqualTo(new Answered.RecordVolume(volume(Bytes.gibi(1))));
    assertThat(Answered.of(INTENT, volume(Bytes.ZERO), NOBODY))
        .isEqualTo(new Answered.RecordVolume(volume(Bytes.gibi(1))));
    assertThat(Answered.of(INTENT, volume(Bytes.mebi(1)), NOBODY))
        .isInstanceOf(Answered.DiscardVolume.class);
    assertThat(Answered.of(INTENT, volume(Bytes.mebi(1)), Optional.of("pv")))
        .as("never removed")
        .isInstanceOf(Answered.Unusable.class);
  }

  private static Volume volume(Bytes capacity) {
    return new Volume(
        new VolumeId("h-1"), capacity, Map.of(), new ContentSource.Empty(), List.of());
  }

  static Tree begun(Tree claim) {
    return Patch.NONE
        .addFinalizer(Intent.FINALIZER)
        .annotate(Intent.ANNOTATION, IntentText.write(INTENT))
        .apply(claim);
  }

  private void nothing(String why) {
    assertThat(next())
        .isInstanceOfSatisfying(Nothing.class, step -> assertThat(step.why()).contains(why));
  }

  private void refused(String why) {
    assertThat(next())
        .isInstanceOfSatisfying(Refuse.class, step -> assertThat(step.why()).contains(why));
  }

  private ClaimStep next() {
    var read = PersistentVolumeClaim.of(claim);
    return ClaimStep.next(
        new ClaimView(
            read,
            ClaimView.noted(read),
            storageClass.isNothing()
                ? new ClassFound.Missing()
                : new ClassFound.Existing(StorageClass.of(storageClass)),
            recorded,
            new Serving(driver, settings),
            places));
  }
}
