package dev.moorage.conformance;

import dev.moorage.base.Group;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One run: who is asked, where, and what is known so far.
final class Session {
  /// How a driver says that it cannot do a thing at all.
  private static final Set<Code> HONEST =
      Set.of(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION, Code.UNIMPLEMENTED);

  private final Group group;
  private final Csi csi;
  private final Surroundings around;
  private final Options options;
  private final Facts facts;
  private final Listener listener;
  private final TreeMap<String, Optional<String>> refusals = new TreeMap<>();

  Session(
      Group group, Csi csi, Surroundings around, Options options, Facts facts, Listener listener) {
    this.group = group;
    this.csi = csi;
    this.around = around;
    this.options = options;
    this.facts = facts;
    this.listener = listener;
  }

  Group group() {
    return group;
  }

  Csi csi() {
    return csi;
  }

  Surroundings around() {
    return around;
  }

  Options options() {
    return options;
  }

  Facts facts() {
    return facts;
  }

  /// Whether the user still wants the run.
  boolean goesOn() {
    return listener.goesOn();
  }

  /// The form that checks use which do not care.
  Form usual() {
    return refusal(Form.MOUNT, AccessMode.SINGLE_NODE_WRITER).isPresent()
            && refusal(Form.BLOCK, AccessMode.SINGLE_NODE_WRITER).isEmpty()
        ? Form.BLOCK
        : Form.MOUNT;
  }

  /// Tries, once, whether volumes can be had for a use. Only an honest refusal counts: any other
  /// failure is for the checks to find.
  ///
  /// @return what the driver said; empty when it takes such volumes
  Optional<String> refusal(Form form, AccessMode mode) {
    var key = form + " " + mode;
    var known = refusals.get(key);
    if (known != null) return known;
    var found = tried(form, mode);
    refusals.put(key, found);
    return found;
  }

  private Optional<String> tried(Form form, AccessMode mode) {
    var wish = NewVolume.usual(options, "mc-" + seedText() + "-try").used(form, mode);
    var atMost = options.limits().call();
    try {
      var volume = csi.call(wish.call(), atMost);
      csi.call(new DeleteVolume(volume.id(), options.secretsOf("DeleteVolumeSecret")), atMost);
      return Optional.empty();
    } catch (CsiException refused) {
      return HONEST.contains(refused.code())
          ? Optional.of(
              "no "
                  + form.text()
                  + " volumes for "
                  + mode
                  + ": "
                  + refused.code()
                  + ", "
                  + refused.getMessage())
          : Optional.empty();
    }
  }

  String seedText() {
    return Long.toString(options.seed() & Long.MAX_VALUE, Character.MAX_RADIX);
  }
}
