package dev.moorage.sidecars.attacher;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Pace;
import dev.moorage.controller.Reconciler;
import dev.moorage.csi.Contexts;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.VolumeAttachment;
import dev.moorage.sidecars.attacher.AttachmentStep.Attach;
import dev.moorage.sidecars.attacher.AttachmentStep.Detach;
import dev.moorage.sidecars.attacher.AttachmentStep.HoldAttachment;
import dev.moorage.sidecars.attacher.AttachmentStep.HoldVolume;
import dev.moorage.sidecars.attacher.AttachmentStep.LetGo;
import dev.moorage.sidecars.attacher.AttachmentStep.MarkAttached;
import dev.moorage.sidecars.attacher.AttachmentStep.Nothing;
import dev.moorage.sidecars.attacher.AttachmentStep.RefuseAttach;
import dev.moorage.sidecars.attacher.AttachmentStep.RefuseDetach;
import dev.moorage.sidecars.attacher.Attachments.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Moves one attachment one step nearer to attached, or to gone.
///
/// Crashes: the finalizers stand before the driver is asked, so whatever a lost call did is found
/// and undone; both calls count as done when they are repeated. A failed attach keeps the
/// finalizer: the volume may be attached all the same.
final class AttachmentReconciler implements Reconciler {
  private final Attachments attachments;
  private final Csi driver;
  private final Duration callTimeout;
  private final Pace pace;
  private final Journal journal;

  AttachmentReconciler(
      Attachments attachments, Csi driver, Duration callTimeout, Pace pace, Journal journal) {
    this.attachments = attachments;
    this.driver = driver;
    this.callTimeout = callTimeout;
    this.pace = pace;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<AttachmentView> found;
    try {
      found = attachments.find(key);
    } catch (CsiException silent) {
      attachments.silent(key, Failure.of(silent));
      return new Outcome.Again(pace.failed(key, CsiException.Code.UNAVAILABLE));
    }
    if (found.isEmpty()) {
      pace.forget(key);
      return new Outcome.Settled("the attachment is gone");
    }
    var step = AttachmentStep.next(found.get());
    var rest = pace.rest(key, attempt(step));
    if (rest.isPositive()) return new Outcome.Again(rest);
    journal.decided(Attacher.ACTOR, key, step);
    return act(found.get().attachment(), step);
  }

  /// A call waits as itself: the volume's object may change in ways that don't matter to it.
  private static Object attempt(AttachmentStep step) {
    return switch (step) {
      case Attach(var call, _) -> call;
      case Detach(var call, _) -> call;
      case Nothing _,
          RefuseAttach _,
          RefuseDetach _,
          HoldVolume _,
          HoldAttachment _,
          MarkAttached _,
          LetGo _ ->
          step;
    };
  }

  private Outcome act(VolumeAttachment attachment, AttachmentStep step) {
    switch (step) {
      case Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case RefuseAttach(var why) -> {
        return attachFailed(attachment, step, Failure.of(why));
      }
      case RefuseDetach(var why) -> {
        return detachFailed(attachment, step, Failure.of(why));
      }
      case Attach(var call, var volume) -> {
        return attach(attachment, call, volume);
      }
      case Detach(var call, var volume) -> {
        return detach(attachment, call, volume);
      }
      case HoldVolume(var volume) -> attachments.hold(volume);
      case HoldAttachment(var node) -> attachments.hold(attachment, node);
      case MarkAttached() -> attachments.attached(attachment, Map.of());
      case LetGo _ -> attachments.letGo(attachment);
    }
    return Outcome.nextStep();
  }

  private Outcome attach(
      VolumeAttachment attachment, ControllerPublishVolume call, PersistentVolume volume) {
    var secrets = attachments.secrets(volume);
    if (secrets.isEmpty()) return attachFailed(attachment, call, secretMissing(volume));
    try {
      var answer = driver.call(with(call, secrets.get()), callTimeout);
      return attached(attachment, call, answer.publishContext());
    } catch (CsiException failed) {
      return attachFailed(attachment, call, Failure.of(failed));
    }
  }

  /// The driver's words may be none that the API takes; the volume stays attached meanwhile, and
  /// our finalizer with it.
  private Outcome attached(
      VolumeAttachment attachment, ControllerPublishVolume call, Map<String, String> context) {
    if (!Contexts.fits(context))
      return attachFailed(
          attachment,
          call,
          Failure.of(
              "driver "
                  + attachment.attacher()
                  + ", ControllerPublishVolume: it answered a publish context of more than "
                  + Contexts.MOST_CHARS
                  + " characters, which no VolumeAttachment can hold; it is asked again"));
    try {
      attachments.attached(attachment, context);
      pace.forget(attachment.key());
      return Outcome.nextStep();
    } catch (KubeException refused) {
      if (!refused.isRefusal()) throw refused;
      return attachFailed(
          attachment,
          call,
          Failure.of(
              "driver "
                  + attachment.attacher()
                  + ", ControllerPublishVolume: the API refuses its publish context: "
                  + refused.getMessage()
                  + "; it is asked again"));
    }
  }

  private static ControllerPublishVolume with(ControllerPublishVolume call, Secrets secrets) {
    return new ControllerPublishVolume(
        call.volume(),
        call.node(),
        call.capability(),
        call.readOnly(),
        secrets,
        call.volumeContext());
  }

  private Outcome attachFailed(VolumeAttachment attachment, Object attempt, Failure failure) {
    attachments.attachFailed(attachment, failure);
    return new Outcome.Again(pace.failed(attachment.key(), attempt));
  }

  private Outcome detach(
      VolumeAttachment attachment, ControllerUnpublishVolume call, PersistentVolume volume) {
    var secrets = attachments.secrets(volume);
    if (secrets.isEmpty()) return detachFailed(attachment, call, secretMissing(volume));
    try {
      driver.call(
          new ControllerUnpublishVolume(call.volume(), call.node(), secrets.get()), callTimeout);
      attachments.letGo(attachment);
      pace.forget(attachment.key());
      return Outcome.nextStep();
    } catch (CsiException failed) {
      return detachFailed(attachment, call, Failure.of(failed));
    }
  }

  private Outcome detachFailed(VolumeAttachment attachment, Object attempt, Failure failure) {
    attachments.detachFailed(attachment, failure);
    return new Outcome.Again(pace.failed(attachment.key(), attempt));
  }

  private static Failure secretMissing(PersistentVolume volume) {
    return Failure.of(
        "secret "
            + volume.csi().secret(KubeAttachments.SECRET_FIELD).orElseThrow()
            + " does not exist");
  }
}
