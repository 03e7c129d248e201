package dev.moorage.sidecars.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Backoff;
import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Pace;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.Given;
import dev.moorage.sidecars.ScriptedDriver;
import dev.moorage.sidecars.provisioner.ClaimView.ClassFound;
import dev.moorage.sidecars.provisioner.TopologyChoice.Places;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClaimReconcilerTest {
  private static final ObjectKey KEY = new ObjectKey("default", "data");
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMinutes(5);

  private long nanos;
  private final FakeClaims claims = new FakeClaims();
  private final ScriptedDriver driver = new ScriptedDriver();
  private final ClaimReconciler reconciler =
      new ClaimReconciler(
          claims,
          driver,
          Duration.ofSeconds(10),
          new Pace(() -> nanos, new Backoff(FIRST, SLOW)),
          Journal.none());

  @Test
  void a_claim_gets_its_volume_in_three_steps_and_keeps_no_intent() {
    driver.answers(volume(Bytes.gibi(1)));

    assertThat(reconcile()).isEqualTo(Outcome.nextStep());
    assertThat(claims.begun()).isTrue();
    assertThat(driver.calls()).isEmpty();
    assertThat(reconcile()).isEqualTo(Outcome.nextStep());
    assertThat(claims.recorded).isTrue();
    assertThat(reconcile()).isEqualTo(Outcome.nextStep());
    assertThat(claims.begun()).isFalse();
    assertThat(reconcile()).isInstanceOf(Outcome.Settled.class);
    assertThat(claims.told).containsExactly("Provisioning", "ProvisioningSucceeded");
    assertThat(driver.calls())
        .singleElement()
        .isInstanceOfSatisfying(
            CreateVolume.class,
            call -> {
              assertThat(call.name()).isEqualTo("pvc-c-1");
              assertThat(call.capacity().required()).isEqualTo(Bytes.gibi(1));
              assertThat(call.parameters()).containsOnly(Map.entry("label", "data"));
            });
  }

  @Test
  void an_answer_that_is_not_final_keeps_the_intent_and_repeats_the_call() {
    driver.answers(Code.DEADLINE_EXCEEDED, Code.ABORTED, volume(Bytes.gibi(1)));
    reconcile();

    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(claims.begun()).isTrue();
    assertThat(reconcile()).as("woken too early").isEqualTo(new Outcome.Again(FIRST));
    assertThat(driver.calls()).hasSize(1);
    pass(FIRST);
    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST.multipliedBy(2)));
    pass(FIRST.multipliedBy(2));
    reconcile();
    assertThat(claims.recorded).isTrue();
    assertThat(driver.calls()).hasSize(3);
    assertThat(driver.calls().stream().distinct()).hasSize(1);
  }

  @Test
  void a_final_refusal_takes_the_intent_back() {
    driver.answers(Code.INTERNAL);
    reconcile();

    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(claims.begun()).isFalse();
    assertThat(claims.told).containsExactly("Provisioning", "ProvisioningFailed");
    assertThat(reconcile()).as("not begun again at once").isEqualTo(new Outcome.Again(FIRST));
    assertThat(claims.begun()).isFalse();
  }

  @Test
  void a_hopeless_refusal_waits_long_unless_something_changes() {
    driver.answers(Code.INVALID_ARGUMENT);
    reconcile();

    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    claims.storageClass = claims.storageClass.with(Tree.of("s-2"), "metadata", "uid");
    assertThat(reconcile()).as("another class").isEqualTo(Outcome.nextStep());
    assertThat(claims.begun()).isTrue();
  }

  @Test
  void a_full_node_is_given_up() {
    driver.answers(Code.RESOURCE_EXHAUSTED);
    reconcile();
    reconcile();

    assertThat(claims.begun()).isFalse();
    assertThat(ClaimView.selectedNode(claims.read())).isEmpty();
  }

  @Test
  void a_missing_secret_is_told_before_anything_begins() {
    claims.storageClass =
        claims
            .storageClass
            .with(Tree.of("s"), "parameters", "csi.storage.k8s.io/provisioner-secret-name")
            .with(Tree.of("n"), "parameters", "csi.storage.k8s.io/provisioner-secret-namespace");

    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(claims.begun()).isFalse();
    claims.secret = Optional.of(Secrets.NONE);
    pass(FIRST);
    assertThat(reconcile()).isEqualTo(Outcome.nextStep());
    assertThat(claims.begun()).isTrue();
  }

  @Test
  void a_volume_that_is_too_small_is_removed_and_not_recorded() {
    driver.answers(volume(Bytes.mebi(1)), Done.DONE);
    reconcile();

    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    assertThat(driver.calls()).last().isInstanceOf(DeleteVolume.class);
    assertThat(claims.recorded).isFalse();
    assertThat(claims.begun()).isFalse();
  }

  @Test
  void a_volume_that_is_too_small_and_stays_keeps_the_intent() {
    driver.answers(volume(Bytes.mebi(1)), Code.UNAVAILABLE);
    reconcile();
    reconcile();

    assertThat(claims.begun()).isTrue();
  }

  @Test
  void a_claim_deleted_while_its_create_may_run_leaves_nothing() {
    driver.answers(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, volume(Bytes.gibi(1)), Code.ABORTED);
    driver.answers(volume(Bytes.gibi(1)), Done.DONE);
    reconcile();
    reconcile();
    claims.claim = Given.deleting(claims.claim);

    for (int i = 0; i < 2; i++) {
      reconcile();
      assertThat(claims.begun()).as("try " + i).isTrue();
      pass(FIRST.multipliedBy(2));
    }
    assertThat(reconcile()).isEqualTo(Outcome.nextStep());
    assertThat(claims.begun()).isFalse();
    assertThat(claims.recorded).isFalse();
    assertThat(driver.calls()).last().isInstanceOf(DeleteVolume.class);
    assertThat(driver.calls().stream().filter(CreateVolume.class::isInstance).distinct())
        .hasSize(1);
  }

  @Test
  void a_claim_deleted_after_a_final_refusal_goes_at_once() {
    driver.answers(Code.UNAVAILABLE, Code.INVALID_ARGUMENT);
    reconcile();
    reconcile();
    claims.claim = Given.deleting(claims.claim);

    assertThat(reconcile()).isEqualTo(Outcome.nextStep());
    assertThat(claims.begun()).isFalse();
  }

  @Test
  void a_volume_that_is_recorded_after_all_is_never_undone() {
    claims.claim = Given.deleting(ClaimStepTest.begun(claims.claim));
    claims.recordedLive = true;

    reconcile();
    assertThat(driver.calls()).isEmpty();
    assertThat(claims.begun()).isFalse();
  }

  @Test
  void a_name_that_is_taken_keeps_the_intent() {
    claims.nameTaken = true;
    driver.answers(volume(Bytes.gibi(1)));
    reconcile();

    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    assertThat(claims.begun()).isTrue();
  }

  private Outcome reconcile() {
    return reconciler.reconcile(KEY);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Volume volume(Bytes capacity) {
    return new Volume(
        new VolumeId("h-1"), capacity, Map.of(), new ContentSource.Empty(), List.of());
  }

  /// One claim, changed by the same patches as in the API.
  private static final class FakeClaims implements Claims {
    Tree claim = Given.claim();
    Tree storageClass = Given.storageClass();
    Optional<Secrets> secret = Optional.empty();
    boolean recorded;
    boolean recordedLive;
    boolean nameTaken;
    final List<String> told = new ArrayList<>();
    final Map<String, String> holders = new TreeMap<>();

    boolean begun() {
      return read().meta().hasFinalizer(Intent.FINALIZER);
    }

    PersistentVolumeClaim read() {
      return PersistentVolumeClaim.of(claim);
    }

    @Override
    public Optional<ClaimView> find(ObjectKey key) {
      return Optional.of(
          new ClaimView(
              read(),
              ClaimView.noted(read()),
              new ClassFound.Existing(StorageClass.of(storageClass)),
              recorded,
              new Serving(Given.driver(), Provisioner.Settings.DEFAULT),
              new Places(
                  List.of(Given.csiNode("n1", "node")),
                  List.of(Given.node("n1", Map.of("node", "n1"))))));
    }

    @Override
    public Optional<Secrets> secrets(ObjectKey reference) {
      return secret;
    }

    @Override
    public boolean recordedNow(PersistentVolumeClaim seen) {
      return recordedLive;
    }

    @Override
    public void silent(ObjectKey key, String why) {
      told.add("silent");
    }

    @Override
    public Optional<String> holder(PersistentVolumeClaim seen, VolumeId volume) {
      return Optional.ofNullable(holders.get(volume.text()));
    }

    @Override
    public Optional<String> holderNow(PersistentVolumeClaim seen, VolumeId volume) {
      return holder(seen, volume);
    }

    @Override
    public void writeIntent(PersistentVolumeClaim seen, Intent intent) {
      claim = KubeClaims.withIntent(intent).apply(claim);
    }

    @Override
    public void dropIntent(PersistentVolumeClaim seen) {
      claim = KubeClaims.withoutIntent().apply(claim);
    }

    @Override
    public void giveUpNode(PersistentVolumeClaim seen) {
      claim = KubeClaims.withoutNode().apply(claim);
    }

    @Override
    public boolean record(PersistentVolumeClaim seen, Intent intent, Volume volume) {
      recorded = !nameTaken;
      return !nameTaken;
    }

    @Override
    public void tell(PersistentVolumeClaim seen, String reason, String message) {
      told.add(reason);
    }

    @Override
    public void warn(PersistentVolumeClaim seen, String reason, String message) {
      told.add(reason);
    }
  }
}
