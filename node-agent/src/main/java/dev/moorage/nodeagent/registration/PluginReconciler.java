package dev.moorage.nodeagent.registration;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.NamedCsi;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.PluginSockets.PluginInfo;
import dev.moorage.csi.PluginSockets.Registration;
import dev.moorage.kube.KubeException;
import dev.moorage.nodeagent.registration.PluginView.Known;
import dev.moorage.nodeagent.registration.PluginView.OnApi;
import java.time.Duration;

/// Moves one registration socket one step nearer to a registered driver, or away from it.
final class PluginReconciler implements Reconciler {
  private static final Duration INFO = Duration.ofSeconds(10);
  private static final Duration REPORT = Duration.ofSeconds(5);

  /// Between tries of a driver that may just be starting; as a first failure's back-off.
  private static final Duration SOON = Duration.ofMillis(500);

  private final Registrar.Outside outside;
  private final SocketFolder folder;
  private final Registrations registrations;
  private final Nodes nodes;
  private final Duration rpc;
  private final Journal journal;

  PluginReconciler(
      Registrar.Outside outside,
      SocketFolder folder,
      Registrations registrations,
      Nodes nodes,
      Duration rpc,
      Journal journal) {
    this.outside = outside;
    this.folder = folder;
    this.registrations = registrations;
    this.nodes = nodes;
    this.rpc = rpc;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var socket = key.name();
    var known = registrations.of(socket);
    var view = view(socket, known);
    if (!view.socket()) registrations.startsAnew(socket);
    var step = PluginStep.next(view);
    journal.decided(Registrar.ACTOR, key, step);
    try {
      return act(socket, known, step);
    } catch (CsiException refused) {
      if (mayBeStarting(socket, refused)) return new Outcome.Again(SOON);
      throw refused;
    }
  }

  /// Then it is no failure yet, and told nowhere.
  private boolean mayBeStarting(String socket, CsiException refused) {
    return refused.code() == CsiException.Code.UNAVAILABLE && registrations.mayBeStarting(socket);
  }

  private PluginView view(String socket, Known known) {
    boolean there = folder.holds(socket);
    return switch (known) {
      case Known.Not _, Known.Lost _ -> new PluginView(there, known, false, OnApi.NOTHING);
      case Known.Dialled(var info) ->
          new PluginView(there, known, taken(socket, info), OnApi.NOTHING);
      case Known.Described(var info, var about, _, _) ->
          new PluginView(
              there,
              known,
              false,
              PluginView.onApi(info.name(), about, nodes.node(), nodes.csiNode()));
    };
  }

  private boolean taken(String socket, PluginInfo info) {
    return CsiVersion.highest(info.versions()).isPresent()
        && registrations.takenByOther(socket, info);
  }

  private Outcome act(String socket, Known known, PluginStep step) {
    switch (step) {
      case PluginStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case PluginStep.Dial() -> {
        try (var plugin = outside.sockets().dial(folder.path(socket))) {
          registrations.dialled(socket, plugin.info(INFO));
        }
      }
      case PluginStep.DescribeDriver(var info) -> describe(socket, info);
      case PluginStep.RecordOnNode() -> recordOnNode(socket, described(known));
      case PluginStep.DropForeignCsiNode() -> nodes.dropCsiNode();
      case PluginStep.RecordOnCsiNode() ->
          nodes.recordOnCsiNode(
              PluginView.wanted(described(known).info().name(), described(known).about()));
      case PluginStep.ReportRegistered() -> {
        try (var plugin = outside.sockets().dial(folder.path(socket))) {
          plugin.report(true, "", REPORT);
        }
        registrations.reported(socket);
      }
      case PluginStep.Refuse(var why) -> {
        refuse(socket, info(known), why);
        throw new CsiException(
            CsiException.Code.FAILED_PRECONDITION,
            "registration through " + socket + " is refused: " + why);
      }
      case PluginStep.Deregister(var driver) -> deregister(socket, driver);
    }
    return Outcome.nextStep();
  }

  private void refuse(String socket, PluginInfo info, String why) {
    nodes.warn(info.name(), why);
    registrations.lost(socket, info);
    tell(socket, why);
  }

  /// The driver's words may be none that the API takes, as an id or as labels.
  private void recordOnNode(String socket, Known.Described known) {
    try {
      nodes.recordOnNode(known.info().name(), known.about());
    } catch (KubeException refused) {
      if (refused.isRefusal())
        refuse(
            socket,
            known.info(),
            "the API refuses what it says of this node: " + refused.getMessage());
      throw refused;
    }
  }

  private static PluginInfo info(Known known) {
    return switch (known) {
      case Known.Not() ->
          throw new IllegalStateException("broken rule: who is refused was dialled");
      case Known.Dialled(var info) -> info;
      case Known.Lost(var info) -> info;
      case Known.Described described -> described.info();
    };
  }

  private static Known.Described described(Known known) {
    if (known instanceof Known.Described described) return described;
    throw new IllegalStateException("broken rule: a step on the API follows NodeGetInfo");
  }

  private void describe(String socket, PluginInfo info) {
    var endpoint = info.endpoint().isEmpty() ? folder.path(socket) : info.endpoint();
    var connection = outside.connections().open("unix://" + endpoint);
    try {
      var driver = new NamedCsi(info.name(), connection);
      var about = driver.call(new NodeGetInfo(), rpc);
      var capabilities = registrations.capabilities(driver);
      registrations.described(
          socket,
          info,
          about,
          new Registrations.Link(info.name(), connection, connection.epoch(), capabilities));
    } catch (CsiException refused) {
      connection.close();
      if (mayBeStarting(socket, refused)) registrations.lost(socket, info);
      else refuse(socket, info, refused.code() + ": " + refused.getMessage());
      throw refused;
    }
  }

  private void deregister(String socket, String driver) {
    registrations.forget(socket);
    // Another socket may have taken the driver over in a newer version meanwhile.
    if (!registrations.serves(driver)) nodes.forget(driver);
  }

  private void tell(String socket, String why) {
    try (Registration plugin = outside.sockets().dial(folder.path(socket))) {
      plugin.report(false, why, REPORT);
    } catch (CsiException unheard) {
      // The plugin is gone; the reason stands in the journal.
      journal.note(
          new Journal.Entry(
              Journal.Entry.What.FAILED,
              Registrar.ACTOR,
              "NotifyRegistrationStatus",
              socket,
              unheard.code() + ": " + unheard.getMessage()));
    }
  }
}
