package dev.moorage.conformance;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import java.util.Optional;

/// What a check needs. A driver that honestly lacks it is not asked; where the user did not give
/// it, the check counts as not run.
sealed interface Need {
  /// A capability of the controller service.
  record Central(ControllerGetCapabilities.Capability capability) implements Need {}

  /// That the controller does not advertise a capability.
  record Lacking(ControllerGetCapabilities.Capability capability) implements Need {}

  /// A capability of the node service.
  record Local(NodeGetCapabilities.Capability capability) implements Need {}

  /// That the node does not advertise a capability.
  record LackingHere(NodeGetCapabilities.Capability capability) implements Need {}

  /// A capability of the plugin.
  record General(GetPluginCapabilities.Capability capability) implements Need {}

  /// Group snapshots.
  record Groups() implements Need {}

  /// That the driver serves the controller service here.
  record Controller() implements Need {}

  /// That the driver serves the node service here.
  record Node() implements Need {}

  /// That volumes can be used so.
  record Takes(Form form, AccessMode mode) implements Need {}

  /// A way to kill the driver.
  record Restarts() implements Need {}

  /// Access to devices and links.
  record Raw() implements Need {}

  /// StorageClass parameters.
  record Parameters() implements Need {}

  /// Mutable parameters.
  record Mutable() implements Need {}

  /// Secrets.
  record AnySecrets() implements Need {}

  /// Leave to attach until the limit is reached.
  record AttachLimit() implements Need {}

  static Need central(ControllerGetCapabilities.Capability capability) {
    return new Central(capability);
  }

  static Need local(NodeGetCapabilities.Capability capability) {
    return new Local(capability);
  }

  static Need general(GetPluginCapabilities.Capability capability) {
    return new General(capability);
  }

  static Need takes(Form form) {
    return new Takes(form, AccessMode.SINGLE_NODE_WRITER);
  }

  /// Why a check that needs this is left out; empty when it is there.
  default Optional<Outcome> missing(Session session) {
    var facts = session.facts();
    return switch (this) {
      case Central(var capability) ->
          lacks(facts.has(capability), "the controller does not advertise " + capability);
      case Lacking(var capability) ->
          lacks(
              facts.controller().isPresent() && !facts.has(capability),
              "the controller advertises " + capability);
      case Local(var capability) ->
          lacks(facts.has(capability), "the node does not advertise " + capability);
      case LackingHere(var capability) ->
          lacks(
              facts.node().isPresent() && !facts.has(capability),
              "the node advertises " + capability);
      case General(var capability) ->
          lacks(facts.has(capability), "the plugin does not advertise " + capability);
      case Groups() ->
          lacks(!facts.group().capabilities().isEmpty(), "the driver makes no group snapshots");
      case Controller() ->
          lacks(facts.controller().isPresent(), "the controller service is not served here");
      case Node() -> lacks(facts.node().isPresent(), "the node service is not served here");
      case Takes(var form, var mode) -> session.refusal(form, mode).map(Outcome.Skipped::new);
      case Restarts() ->
          notGiven(session.around().restart().isPresent(), "no command to restart the driver");
      case Raw() -> notGiven(session.around().raw().isPresent(), "no access to devices and links");
      case Parameters() ->
          notGiven(!session.options().wanted().parameters().isEmpty(), "no parameters");
      case Mutable() ->
          notGiven(!session.options().wanted().mutable().isEmpty(), "no mutable parameters");
      case AnySecrets() -> notGiven(!session.options().secrets().isEmpty(), "no secrets");
      case AttachLimit() ->
          notGiven(session.options().limits().attach() > 0, "no leave to try the attach limit");
    };
  }

  private static Optional<Outcome> lacks(boolean there, String why) {
    return there ? Optional.empty() : Optional.of(new Outcome.Skipped(why));
  }

  private static Optional<Outcome> notGiven(boolean there, String what) {
    return there ? Optional.empty() : Optional.of(new Outcome.NotRun(what + " given"));
  }
}
