package dev.moorage.sidecars.resizer;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Pace;
import dev.moorage.controller.Reconciler;
import dev.moorage.csi.Certainty;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.sidecars.resizer.ResizeStep.CallDriver;
import dev.moorage.sidecars.resizer.ResizeStep.CannotGrow;
import dev.moorage.sidecars.resizer.ResizeStep.Cause;
import dev.moorage.sidecars.resizer.ResizeStep.Enough;
import dev.moorage.sidecars.resizer.ResizeStep.ForgetFormerSize;
import dev.moorage.sidecars.resizer.ResizeStep.Grown;
import dev.moorage.sidecars.resizer.ResizeStep.MarkStarted;
import dev.moorage.sidecars.resizer.ResizeStep.Nothing;
import java.util.Optional;

/// Moves one claim one step nearer to the size its owner asked for.
///
/// Crashes: before the claim says "in progress" nothing has happened; after it the same call is
/// repeated, which answers at once where the volume has grown already, and the writes after it are
/// repeated with it.
final class ResizeReconciler implements Reconciler {
  private static final String FAILED = "VolumeResizeFailed";

  private final Claims claims;
  private final Expansion expansion;
  private final Pace pace;
  private final Journal journal;

  ResizeReconciler(Claims claims, Expansion expansion, Pace pace, Journal journal) {
    this.claims = claims;
    this.expansion = expansion;
    this.pace = pace;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<ResizeView> found;
    try {
      found = claims.find(key);
    } catch (CsiException silent) {
      claims.silent(key, told(silent));
      return new Outcome.Again(pace.failed(key, Code.UNAVAILABLE));
    }
    if (found.isEmpty()) {
      pace.forget(key);
      return new Outcome.Settled("the claim is gone");
    }
    var step = ResizeStep.next(found.get());
    var rest = pace.rest(key, attempt(step));
    if (rest.isPositive()) return new Outcome.Again(rest);
    journal.decided(Resizer.ACTOR, key, step);
    return act(found.get().claim(), step);
  }

  /// What waits after a failure: a size, from its marking to the driver's answer. A node that
  /// refused is another matter.
  private static Object attempt(ResizeStep step) {
    return switch (step) {
      case CallDriver(var target, _) -> target;
      case MarkStarted(var target, Cause cause) -> cause == Cause.AGAIN ? target : step;
      case Nothing _, Enough _, CannotGrow _, ForgetFormerSize _ -> step;
    };
  }

  private Outcome act(PersistentVolumeClaim claim, ResizeStep step) {
    return switch (step) {
      case Nothing(var why) -> new Outcome.Settled(why);
      case Enough _ -> {
        pace.forget(claim.key());
        yield new Outcome.Settled(step.why());
      }
      case CannotGrow(var why) -> {
        claims.warn(claim, FAILED, why);
        yield new Outcome.Again(
            pace.hopeless(claim.key(), step)); // it may come back in another version
      }
      case ForgetFormerSize(var volume) -> {
        claims.forgetFormerSize(volume);
        yield Outcome.nextStep();
      }
      case MarkStarted mark -> markStarted(claim, mark);
      case CallDriver(var target, var volume) -> expand(claim, volume, target);
    };
  }

  private Outcome markStarted(PersistentVolumeClaim claim, MarkStarted mark) {
    claims.markStarted(claim, mark.target());
    if (mark.cause() == Cause.WISH)
      claims.tell(claim, "Resizing", "growing the volume to " + mark.target());
    // The node may refuse again as fast as we ask again.
    if (mark.cause() == Cause.NODE_REFUSED) pace.hopeless(claim.key(), mark);
    return Outcome.nextStep();
  }

  private Outcome expand(PersistentVolumeClaim claim, PersistentVolume volume, Bytes target) {
    var secrets = claims.secrets(volume);
    if (secrets.isEmpty()) return secretMissing(claim, volume, target);
    var call = expansion.call(volume, target, secrets.get());
    if (call.isEmpty())
      return failed(
          claim,
          target,
          "access modes " + volume.accessModes() + " cannot be told to the driver together");
    try {
      var answer = expansion.ask(call.get());
      var grown = Grown.of(target, answer.capacity(), answer.nodeExpansionRequired());
      journal.decided(Resizer.ACTOR, claim.key(), grown);
      return goOn(claim, volume, target, grown);
    } catch (CsiException refused) {
      return refused(claim, target, call.get(), refused);
    }
  }

  private Outcome goOn(
      PersistentVolumeClaim claim, PersistentVolume volume, Bytes target, Grown grown) {
    switch (grown) {
      case Grown.TooSmall(var size) -> {
        var failure =
            new CsiException(
                Code.INTERNAL,
                "driver "
                    + volume.csi().driver()
                    + ", ControllerExpandVolume to "
                    + target
                    + ": it answered "
                    + size
                    + ", which is too small; it is asked again slowly");
        claims.failed(claim, failure, true);
        claims.warn(claim, FAILED, told(failure));
        return new Outcome.Again(pace.hopeless(claim.key(), target));
      }
      case Grown.HandToNode(var size) -> {
        claims.grown(volume, size, true, claim);
        claims.handToNode(claim);
        claims.tell(
            claim, "FileSystemResizeRequired", "the file system grows where the volume is used");
      }
      case Grown.Finish(var size) -> {
        claims.grown(volume, size, false, claim);
        claims.finish(claim, size);
        claims.tell(claim, "VolumeResizeSuccessful", "the volume has " + size);
      }
    }
    return Outcome.nextStep();
  }

  private Outcome refused(
      PersistentVolumeClaim claim,
      Bytes target,
      ControllerExpandVolume call,
      CsiException failure) {
    claims.warn(claim, FAILED, told(failure));
    return switch (Certainty.of(call, failure.code())) {
      case MAYBE_RUNNING -> new Outcome.Again(pace.failed(claim.key(), target));
      case NOT_RUNNING -> {
        claims.failed(claim, failure, false);
        yield new Outcome.Again(pace.failed(claim.key(), target));
      }
      case HOPELESS -> {
        claims.failed(claim, failure, true);
        yield new Outcome.Again(pace.hopeless(claim.key(), target));
      }
    };
  }

  private Outcome secretMissing(
      PersistentVolumeClaim claim, PersistentVolume volume, Bytes target) {
    var reference = volume.csi().secret(Expansion.SECRET_FIELD).orElseThrow();
    return failed(claim, target, "secret " + reference + " does not exist");
  }

  private Outcome failed(PersistentVolumeClaim claim, Bytes target, String why) {
    claims.warn(claim, FAILED, why);
    return new Outcome.Again(pace.failed(claim.key(), target));
  }

  private static String told(CsiException failed) {
    return failed.code() + ": " + failed.getMessage();
  }
}
