package dev.moorage.sidecars.resizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Backoff;
import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Pace;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.Given;
import dev.moorage.sidecars.ScriptedDriver;
import dev.moorage.sidecars.resizer.ResizeView.VolumeFound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResizeReconcilerTest {
  private static final ObjectKey KEY = new ObjectKey("default", "data");
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMinutes(5);

  private long nanos;
  private final ScriptedDriver driver = new ScriptedDriver();
  private final FakeClaims claims = new FakeClaims();
  private Expansion expansion = new Expansion(Given::driver, driver, Resizer.Settings.DEFAULT);
  private ResizeReconciler process = reconciler();

  @Test
  void a_claim_grows_and_the_node_is_asked() {
    driver.answers(grown(3, true));
    wish(3);
    reconcile();
    assertThat(driver.calls()).isEmpty();
    assertThat(claims.read().allocatedStatus()).isEqualTo("ControllerResizeInProgress");
    assertThat(claims.read().allocated()).isEqualTo(Bytes.gibi(3));
    assertThat(claims.read().conditions()).containsExactly("Resizing");
    reconcile();

    assertThat(claims.readVolume().capacity()).isEqualTo(Bytes.gibi(3));
    assertThat(claims.readVolume().meta().annotation(ResizeView.PRE_RESIZE)).isEqualTo("1Gi");
    assertThat(claims.read().allocatedStatus()).isEqualTo("NodeResizePending");
    assertThat(claims.read().conditions()).containsExactly("Resizing", "FileSystemResizePending");
    assertThat(claims.read().capacity()).isEqualTo(Bytes.gibi(1));
    assertThat(claims.told).containsExactly("Resizing", "FileSystemResizeRequired");
    assertThat(reconcile()).isInstanceOf(Outcome.Settled.class);
  }

  @Test
  void a_claim_grows_without_the_node() {
    driver.answers(grown(3, false));
    wish(3);
    reconcile();
    reconcile();

    assertThat(claims.read().capacity()).isEqualTo(Bytes.gibi(3));
    assertThat(claims.read().allocatedStatus()).isEmpty();
    assertThat(claims.read().conditions()).isEmpty();
    assertThat(claims.read().meta().annotation("volume.kubernetes.io/node-expansion-not-required"))
        .isEqualTo("true");
    assertThat(claims.told).containsExactly("Resizing", "VolumeResizeSuccessful");
    assertThat(reconcile()).isEqualTo(new Outcome.Settled("the granted size suffices"));
  }

  @Test
  void while_a_call_may_run_the_target_stays() {
    driver.answers(Code.DEADLINE_EXCEEDED, grown(3, false), grown(5, false));
    wish(3);
    reconcile();
    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(claims.read().conditions()).containsExactly("Resizing");
    wish(5);
    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    pass(FIRST);
    reconcile();
    assertThat(claims.read().capacity()).isEqualTo(Bytes.gibi(3));
    reconcile();
    reconcile();
    assertThat(claims.read().capacity()).isEqualTo(Bytes.gibi(5));
    assertThat(targets()).containsExactly(3L, 3L, 5L);
  }

  @Test
  void after_a_final_refusal_a_lower_wish_is_tried_at_once_even_by_a_new_process() {
    driver.answers(Code.INTERNAL, grown(2, false));
    wish(3);
    reconcile();
    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(claims.read().conditions()).containsExactly("Resizing", "ControllerResizeError");
    assertThat(reconcile()).as("not before its time").isEqualTo(new Outcome.Again(FIRST));
    wish(2);
    process = reconciler();
    reconcile();
    reconcile();

    assertThat(claims.read().capacity()).isEqualTo(Bytes.gibi(2));
    assertThat(targets()).containsExactly(3L, 2L);
  }

  @Test
  void the_error_is_taken_off_before_the_next_call() {
    driver.answers(Code.INTERNAL, Code.UNAVAILABLE);
    wish(3);
    reconcile();
    reconcile();
    pass(FIRST);
    reconcile();
    assertThat(claims.read().conditions()).containsExactly("Resizing");
    reconcile();
    assertThat(claims.read().conditions()).containsExactly("Resizing");
    assertThat(driver.calls()).hasSize(2);
  }

  @Test
  void a_hopeless_refusal_waits_long() {
    driver.answers(Code.OUT_OF_RANGE, Code.OUT_OF_RANGE);
    wish(3);
    reconcile();
    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    assertThat(claims.read().allocatedStatus()).isEqualTo("ControllerResizeInfeasible");
    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    pass(SLOW);
    reconcile();
    reconcile();
    assertThat(driver.calls()).hasSize(2);
  }

  @Test
  void an_answer_that_is_too_small_is_no_success() {
    driver.answers(grown(2, false));
    wish(3);
    reconcile();
    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    assertThat(claims.read().capacity()).isEqualTo(Bytes.gibi(1));
  }

  @Test
  void a_node_that_refuses_is_not_asked_in_a_circle() {
    driver.answers(grown(3, true), grown(3, true));
    wish(3);
    reconcile();
    reconcile();
    nodeRefuses();
    reconcile();
    reconcile();
    assertThat(claims.read().allocatedStatus()).isEqualTo("NodeResizePending");
    nodeRefuses();
    assertThat(reconcile()).isEqualTo(new Outcome.Again(SLOW));
    assertThat(driver.calls()).hasSize(2);
  }

  @Test
  void a_missing_secret_is_told() {
    claims.secret = Optional.empty();
    claims.volume =
        claims.volume.with(
            Tree.object("name", "s", "namespace", "n"), "spec", "csi", "controllerExpandSecretRef");
    wish(3);
    reconcile();
    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(claims.told).containsExactly("Resizing", "VolumeResizeFailed");
    assertThat(driver.calls()).isEmpty();
  }

  @Test
  void a_driver_that_expands_on_the_node_alone_is_not_called() {
    expansion =
        new Expansion(
            () -> Given.driver(ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME),
            driver,
            Resizer.Settings.DEFAULT);
    process = reconciler();
    var onNode =
        new NodeGetCapabilities.Answer(Set.of(NodeGetCapabilities.Capability.EXPAND_VOLUME));
    driver.answers(onNode, onNode, onNode, onNode);
    wish(3);
    reconcile();
    reconcile();
    assertThat(claims.read().allocatedStatus()).isEqualTo("NodeResizePending");
    assertThat(claims.readVolume().capacity()).isEqualTo(Bytes.gibi(3));
    assertThat(driver.calls()).noneMatch(ControllerExpandVolume.class::isInstance);
  }

  private ResizeReconciler reconciler() {
    return new ResizeReconciler(
        claims, expansion, new Pace(() -> nanos, new Backoff(FIRST, SLOW)), Journal.none());
  }

  private Outcome reconcile() {
    return process.reconcile(KEY);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void wish(long gibi) {
    claims.claim =
        claims.claim.with(
            Tree.of(Quantities.text(Bytes.gibi(gibi))), "spec", "resources", "requests", "storage");
  }

  private void nodeRefuses() {
    claims.claim =
        claims.claim.with(
            Tree.of("NodeResizeInfeasible"), "status", "allocatedResourceStatuses", "storage");
  }

  private List<Long> targets() {
    return driver.calls().stream()
        .map(ControllerExpandVolume.class::cast)
        .map(call -> call.capacity().required().count() >> 30)
        .toList();
  }

  private static ControllerExpandVolume.Answer grown(long gibi, boolean nodeMustFollow) {
    return new ControllerExpandVolume.Answer(Bytes.gibi(gibi), nodeMustFollow);
  }

  /// One claim and its volume, changed by the same patches as in the API.
  private final class FakeClaims implements Claims {
    Tree claim =
        Given.claim()
            .with(Tree.of("Bound"), "status", "phase")
            .with(Tree.of("1Gi"), "status", "capacity", "storage");
    Tree volume = Given.volume();
    Optional<Secrets> secret = Optional.of(Secrets.NONE);
    final List<String> told = new ArrayList<>();

    PersistentVolumeClaim read() {
      return PersistentVolumeClaim.of(claim);
    }

    PersistentVolume readVolume() {
      return PersistentVolume.of(volume);
    }

    @Override
    public Optional<ResizeView> find(ObjectKey key) {
      return Optional.of(
          new ResizeView(read(), new VolumeFound.Ours(readVolume()), expansion.means()));
    }

    @Override
    public void silent(ObjectKey key, String why) {
      told.add("silent");
    }

    @Override
    public Optional<Secrets> secrets(PersistentVolume of) {
      return secret;
    }

    @Override
    public void markStarted(PersistentVolumeClaim seen, Bytes target) {
      claim = KubeClaims.started(target, Instant.EPOCH).apply(claim);
    }

    @Override
    public void grown(
        PersistentVolume seen, Bytes size, boolean nodeMustFollow, PersistentVolumeClaim of) {
      volume = KubeClaims.grown(seen, size, nodeMustFollow, of.capacity()).apply(volume);
    }

    @Override
    public void handToNode(PersistentVolumeClaim seen) {
      claim = KubeClaims.handedToNode(Instant.EPOCH).apply(claim);
    }

    @Override
    public void finish(PersistentVolumeClaim seen, Bytes size) {
      claim = KubeClaims.finished(size).apply(claim);
    }

    @Override
    public void failed(PersistentVolumeClaim seen, CsiException failure, boolean hopeless) {
      claim = KubeClaims.failure(failure, hopeless, Instant.EPOCH).apply(claim);
    }

    @Override
    public void forgetFormerSize(PersistentVolume seen) {
      volume = volume.without("metadata", "annotations", ResizeView.PRE_RESIZE);
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
