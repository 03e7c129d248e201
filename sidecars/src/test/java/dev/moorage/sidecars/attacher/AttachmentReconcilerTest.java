package dev.moorage.sidecars.attacher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Backoff;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Pace;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Tree;
import dev.moorage.kube.VolumeAttachment;
import dev.moorage.sidecars.Given;
import dev.moorage.sidecars.ScriptedDriver;
import dev.moorage.sidecars.attacher.AttachmentView.NodeFound;
import dev.moorage.sidecars.attacher.AttachmentView.Serving;
import dev.moorage.sidecars.attacher.AttachmentView.VolumeFound;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttachmentReconcilerTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final String FINALIZER = Names.finalizer(Given.DRIVER);

  private long nanos;
  private final FakeAttachments attachments = new FakeAttachments();
  private final ScriptedDriver driver = new ScriptedDriver();
  private final AttachmentReconciler reconciler =
      new AttachmentReconciler(
          attachments,
          driver,
          Duration.ofSeconds(10),
          new Pace(() -> nanos, new Backoff(FIRST, Duration.ofMinutes(5))),
          Journal.none());

  @Test
  void a_volume_is_attached_in_three_steps() {
    driver.answers(new ControllerPublishVolume.Answer(Map.of("device", "loop0")));
    reconcile();
    reconcile();
    assertThat(driver.calls()).isEmpty();
    reconcile();

    assertThat(attachments.read().attached()).isTrue();
    assertThat(attachments.read().publishContext()).containsEntry("device", "loop0");
    assertThat(reconcile()).isEqualTo(new Outcome.Settled("attached"));
  }

  @Test
  void a_failed_attach_is_told_keeps_the_finalizer_and_is_tried_again() {
    driver.answers(
        Code.RESOURCE_EXHAUSTED,
        Code.RESOURCE_EXHAUSTED,
        new ControllerPublishVolume.Answer(Map.of()));
    reconcile();
    reconcile();

    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(attachments.read().attachError()).contains("RESOURCE_EXHAUSTED");
    assertThat(attachments.attachment.number(0, "status", "attachError", "errorCode")).isEqualTo(8);
    assertThat(attachments.read().meta().hasFinalizer(FINALIZER)).isTrue();
    assertThat(reconcile()).as("woken by its own error").isEqualTo(new Outcome.Again(FIRST));
    nanos += FIRST.toNanos();
    reconcile();
    nanos += FIRST.multipliedBy(2).toNanos();
    reconcile();
    assertThat(attachments.read().attached()).isTrue();
    assertThat(attachments.read().attachError()).isEmpty();
  }

  @Test
  void a_leaving_attachment_goes_after_its_detach() {
    driver.answers(Code.INTERNAL, Done.DONE);
    attachments.attachment =
        Given.deleting(
            Patch.NONE
                .addFinalizer(FINALIZER)
                .annotate(Names.NODE_ID, "id-n1")
                .apply(attachments.attachment.with(Tree.of(true), "status", "attached")));

    assertThat(reconcile()).isEqualTo(new Outcome.Again(FIRST));
    assertThat(attachments.read().detachError()).contains("INTERNAL");
    assertThat(attachments.read().attached()).isTrue();
    nanos += FIRST.toNanos();
    reconcile();
    assertThat(attachments.read().meta().finalizers()).isEmpty();
    assertThat(driver.calls()).last().isInstanceOf(ControllerUnpublishVolume.class);
  }

  @Test
  void a_missing_secret_is_told() {
    attachments.secret = Optional.empty();
    attachments.volume =
        attachments.volume.with(
            Tree.object("name", "s", "namespace", "n"),
            "spec",
            "csi",
            "controllerPublishSecretRef");
    reconcile();
    reconcile();
    reconcile();

    assertThat(attachments.read().attachError()).isEqualTo("secret n/s does not exist");
    assertThat(driver.calls()).isEmpty();
  }

  @Test
  void another_finalizer_does_not_leave_it_attached() {
    var status =
        KubeAttachments.detachedStatus()
            .apply(
                KubeAttachments.detachError(Attachments.Failure.of("why"), true, Instant.EPOCH)
                    .apply(Given.attachment()));
    assertThat(status.at("status")).isEqualTo(Tree.object("attached", false));
  }

  private Outcome reconcile() {
    return reconciler.reconcile(ObjectKey.cluster("csi-1"));
  }

  /// One attachment and its volume, changed by the same patches as in the API.
  private static final class FakeAttachments implements Attachments {
    Tree attachment = Given.attachment();
    Tree volume = Given.volume();
    Optional<Secrets> secret = Optional.of(Secrets.NONE);

    VolumeAttachment read() {
      return VolumeAttachment.of(attachment);
    }

    @Override
    public Optional<AttachmentView> find(ObjectKey key) {
      return Optional.of(
          new AttachmentView(
              read(),
              new VolumeFound.Existing(PersistentVolume.of(volume)),
              new NodeFound.Registered(new NodeId("id-n1")),
              new Serving(Given.driver(), Attacher.Settings.DEFAULT)));
    }

    @Override
    public void silent(ObjectKey key, Failure failure) {}

    @Override
    public Optional<Secrets> secrets(PersistentVolume of) {
      return secret;
    }

    @Override
    public void hold(PersistentVolume seen) {
      volume = Patch.NONE.addFinalizer(FINALIZER).apply(volume);
    }

    @Override
    public void hold(VolumeAttachment seen, NodeId node) {
      attachment =
          Patch.NONE.addFinalizer(FINALIZER).annotate(Names.NODE_ID, node.text()).apply(attachment);
    }

    @Override
    public void attached(VolumeAttachment seen, Map<String, String> publishContext) {
      attachment = KubeAttachments.attachedStatus(publishContext).apply(attachment);
    }

    @Override
    public void attachFailed(VolumeAttachment seen, Failure failure) {
      attachment = KubeAttachments.attachError(failure, Instant.EPOCH).apply(attachment);
    }

    @Override
    public void detachFailed(VolumeAttachment seen, Failure failure) {
      attachment =
          KubeAttachments.detachError(failure, seen.attached(), Instant.EPOCH).apply(attachment);
    }

    @Override
    public void letGo(VolumeAttachment seen) {
      attachment = Patch.NONE.removeFinalizer(FINALIZER).apply(attachment);
    }
  }
}
