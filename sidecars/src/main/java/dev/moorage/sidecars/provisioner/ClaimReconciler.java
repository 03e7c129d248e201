package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Pace;
import dev.moorage.controller.Reconciler;
import dev.moorage.csi.Certainty;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Volume;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.sidecars.provisioner.ClaimStep.Answered;
import dev.moorage.sidecars.provisioner.ClaimStep.Create;
import dev.moorage.sidecars.provisioner.ClaimStep.DropIntent;
import dev.moorage.sidecars.provisioner.ClaimStep.GiveUpNode;
import dev.moorage.sidecars.provisioner.ClaimStep.Nothing;
import dev.moorage.sidecars.provisioner.ClaimStep.Refuse;
import dev.moorage.sidecars.provisioner.ClaimStep.Undo;
import dev.moorage.sidecars.provisioner.ClaimStep.WriteIntent;
import java.time.Duration;
import java.util.Optional;

/// Moves one claim one step nearer to its volume.
///
/// Crashes: before the intent is written nothing has happened; after it the same CreateVolume is
/// repeated, which is idempotent by its name; after the PersistentVolume is written only the intent
/// has to go.
final class ClaimReconciler implements Reconciler {
  private static final String FAILED = "ProvisioningFailed";

  private final Claims claims;
  private final Csi driver;
  private final Duration callTimeout;
  private final Pace pace;
  private final Journal journal;

  ClaimReconciler(Claims claims, Csi driver, Duration callTimeout, Pace pace, Journal journal) {
    this.claims = claims;
    this.driver = driver;
    this.callTimeout = callTimeout;
    this.pace = pace;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<ClaimView> found;
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
    var claim = found.get().claim();
    var step = ClaimStep.next(found.get());
    var rest = pace.rest(key, attempt(step));
    if (rest.isPositive()) return new Outcome.Again(rest);
    journal.decided(Provisioner.ACTOR, key, step);
    return act(claim, step);
  }

  /// What waits after a failure. The intent is one attempt from its writing to the answer, so that
  /// a driver which refuses it is not asked again just because it was written again.
  private static Object attempt(ClaimStep step) {
    return switch (step) {
      case WriteIntent(var intent) -> intent;
      case Create(var intent) -> intent;
      case Nothing _, Refuse _, GiveUpNode _, Undo _, DropIntent _ -> step;
    };
  }

  private Outcome act(PersistentVolumeClaim claim, ClaimStep step) {
    return switch (step) {
      case Nothing(var why) -> new Outcome.Settled(why);
      case Refuse(var why) -> refuse(claim, step, why);
      case GiveUpNode(_, var why) -> giveUpNode(claim, step, why);
      case WriteIntent(var intent) -> begin(claim, intent);
      case Create(var intent) -> create(claim, intent);
      case Undo(var intent) -> undo(claim, step, intent);
      case DropIntent _ -> {
        claims.dropIntent(claim);
        pace.forget(claim.key());
        yield Outcome.nextStep();
      }
    };
  }

  private Outcome refuse(PersistentVolumeClaim claim, Object attempt, String why) {
    claims.warn(claim, FAILED, why);
    return new Outcome.Again(pace.failed(claim.key(), attempt));
  }

  /// Paced, because placement may choose the same node at once.
  private Outcome giveUpNode(PersistentVolumeClaim claim, Object attempt, String why) {
    claims.warn(claim, FAILED, why);
    claims.giveUpNode(claim);
    return new Outcome.Again(pace.failed(claim.key(), attempt));
  }

  /// The secret is looked at first: an intent whose secret never existed would hold the claim for
  /// ever.
  private Outcome begin(PersistentVolumeClaim claim, Intent intent) {
    if (secrets(intent).isEmpty()) return secretMissing(claim, intent, intent);
    claims.writeIntent(claim, intent);
    claims.tell(
        claim,
        "Provisioning",
        "asking driver " + intent.origin().driver() + " for " + intent.shape().size());
    return Outcome.nextStep();
  }

  private Outcome create(PersistentVolumeClaim claim, Intent intent) {
    var secrets = secrets(intent);
    if (secrets.isEmpty()) return secretMissing(claim, intent, intent);
    Volume volume;
    try {
      volume =
          driver.call(intent.call(Intent.volumeName(claim.meta()), secrets.get()), callTimeout);
    } catch (CsiException failed) {
      return createFailed(claim, intent, failed);
    }
    var answered = Answered.of(intent, volume, claims.holder(claim, volume.id()));
    journal.decided(Provisioner.ACTOR, claim.key(), answered);
    return switch (answered) {
      case Answered.RecordVolume(var made) -> record(claim, intent, made);
      case Answered.DiscardVolume(var made, var why) ->
          discard(claim, intent, made, secrets.get(), why);
      case Answered.Unusable(var why) -> unusable(claim, intent, why);
    };
  }

  private Outcome createFailed(PersistentVolumeClaim claim, Intent intent, CsiException failed) {
    claims.warn(claim, FAILED, told(failed));
    return switch (Certainty.of(intent.call("", Secrets.NONE), failed.code())) {
      case MAYBE_RUNNING -> new Outcome.Again(pace.failed(claim.key(), intent));
      case NOT_RUNNING -> {
        if (failed.code() == Code.RESOURCE_EXHAUSTED && !intent.origin().node().isEmpty())
          claims.giveUpNode(claim);
        else claims.dropIntent(claim);
        yield new Outcome.Again(pace.failed(claim.key(), intent));
      }
      case HOPELESS -> {
        claims.dropIntent(claim);
        yield new Outcome.Again(pace.hopeless(claim.key(), intent));
      }
    };
  }

  private Outcome unusable(PersistentVolumeClaim claim, Object attempt, String why) {
    claims.warn(claim, FAILED, why);
    return new Outcome.Again(pace.hopeless(claim.key(), attempt));
  }

  private Outcome record(PersistentVolumeClaim claim, Intent intent, Volume volume) {
    var name = Intent.volumeName(claim.meta());
    try {
      if (!claims.record(claim, intent, volume))
        return unusable(
            claim,
            intent,
            "PersistentVolume " + name + " exists and is another one's; remove or rename it");
    } catch (KubeException refused) {
      if (!refused.isRefusal()) throw refused;
      return unusable(claim, intent, notRecorded(intent, volume, name, refused));
    }
    claims.tell(claim, "ProvisioningSucceeded", "PersistentVolume " + name + " was made");
    pace.forget(claim.key());
    return Outcome.nextStep();
  }

  private static String notRecorded(
      Intent intent, Volume volume, String name, KubeException refused) {
    return "driver "
        + intent.origin().driver()
        + " made volume "
        + volume.id()
        + ", and the API refuses PersistentVolume "
        + name
        + " for it: "
        + refused.getMessage()
        + "; it is asked again slowly";
  }

  /// The intent stays until the volume is gone, so that a failed removal is found again.
  private Outcome discard(
      PersistentVolumeClaim claim, Intent intent, Volume volume, Secrets secrets, String why) {
    claims.warn(claim, FAILED, why);
    if (claims.holderNow(claim, volume.id()).isPresent())
      return new Outcome.Again(pace.hopeless(claim.key(), intent));
    if (deleted(claim, volume, secrets)) claims.dropIntent(claim);
    return new Outcome.Again(pace.hopeless(claim.key(), intent));
  }

  /// The call is repeated because only its answer tells whether there is a volume, and which.
  private Outcome undo(PersistentVolumeClaim claim, Object attempt, Intent intent) {
    // The cache may be behind: a volume that is recorded belongs to its PersistentVolume.
    if (claims.recordedNow(claim)) {
      claims.dropIntent(claim);
      return Outcome.nextStep();
    }
    var secrets = secrets(intent);
    if (secrets.isEmpty()) return secretMissing(claim, intent, attempt);
    var call = intent.call(Intent.volumeName(claim.meta()), secrets.get());
    try {
      var volume = driver.call(call, callTimeout);
      // Asked of the API itself: another claim's volume must not be removed.
      var holder = claims.holderNow(claim, volume.id());
      if (Answered.of(intent, volume, holder) instanceof Answered.Unusable(var why))
        return unusable(claim, attempt, why);
      if (!deleted(claim, volume, secrets.get()))
        return new Outcome.Again(pace.failed(claim.key(), attempt));
    } catch (CsiException failed) {
      if (Certainty.of(call, failed.code()) == Certainty.MAYBE_RUNNING) {
        claims.warn(claim, FAILED, told(failed));
        return new Outcome.Again(pace.failed(claim.key(), attempt));
      }
    }
    claims.dropIntent(claim);
    pace.forget(claim.key());
    return Outcome.nextStep();
  }

  private boolean deleted(PersistentVolumeClaim claim, Volume volume, Secrets secrets) {
    try {
      driver.call(new DeleteVolume(volume.id(), secrets), callTimeout);
      return true;
    } catch (CsiException failed) {
      claims.warn(claim, "ProvisioningCleanupFailed", told(failed));
      return false;
    }
  }

  private Optional<Secrets> secrets(Intent intent) {
    return intent.secret().map(claims::secrets).orElse(Optional.of(Secrets.NONE));
  }

  private Outcome secretMissing(PersistentVolumeClaim claim, Intent intent, Object attempt) {
    return refuse(claim, attempt, "secret " + intent.secret().orElseThrow() + " does not exist");
  }

  private static String told(CsiException failed) {
    return failed.code() + ": " + failed.getMessage();
  }
}
