package dev.moorage.driver;

import dev.moorage.base.Backoff;
import dev.moorage.base.GivenUp;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A complete CSI driver over a [Backend].
///
/// Every call is a task of the driver's own group: it goes on when its caller's time is over. The
/// same call again joins the running one and gets its answer; another one for the same volume
/// meanwhile is answered ABORTED. Until a start has found, finished or undone what the last one
/// left, `Probe` says not ready and calls are answered UNAVAILABLE.
public final class Driver implements Csi, AutoCloseable {
  private static final Backoff RECOVERY =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  private final Group group;
  private final Backend backend;
  private final Host host;
  private final Settings settings;
  private final Journal journal;
  private final Joining joining;
  private volatile State state = new State.Recovering();

  /// How far the start is.
  private sealed interface State {
    record Recovering() implements State {}

    record Failed(String why) implements State {}

    record Serving(Kit kit, Calls calls) implements State {}
  }

  private Driver(Group group, Backend backend, Host host, Settings settings, Journal journal) {
    this.group = group;
    this.backend = backend;
    this.host = host;
    this.settings = settings;
    this.journal = journal;
    this.joining = new Joining(group);
  }

  /// Which services a driver process serves.
  public enum Mode {
    /// Controller and node.
    ALL,
    CONTROLLER,
    NODE
  }

  /// A driver's settings.
  ///
  /// @param name the driver's name: at most 54 characters in domain notation, letters at both ends
  ///   (the prefix of a topology key has room for 63)
  /// @param version its version, not empty
  /// @param nodeId this node in the driver's words; at most 192 bytes, the sidecars' limit
  /// @param stateDir an absolute folder of this driver alone; its ledger lives there
  /// @param maxVolumes how many volumes a node takes; 0 for no statement
  /// @param csiVersion the specification's version that it shows; [CsiVersion#V1_12] where nothing
  ///   else is said
  public record Settings(
      String name,
      String version,
      String nodeId,
      Mode mode,
      String stateDir,
      int maxVolumes,
      CsiVersion csiVersion) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z]([A-Za-z0-9.-]{0,52}[A-Za-z])?");
    private static final int NODE_ID_BYTES = 192;

    /// @throws IllegalArgumentException naming the setting that is wrong
    public Settings {
      require(NAME.matcher(name).matches(), "driver-name", name);
      require(!version.isEmpty() && version.length() <= 128, "driver-version", version);
      require(!nodeId.isEmpty() && Limits.bytes(nodeId) <= NODE_ID_BYTES, "node-id", nodeId);
      require(stateDir.startsWith("/"), "state-dir", stateDir);
      require(maxVolumes >= 0, "max-volumes", Integer.toString(maxVolumes));
    }

    /// Settings of a driver that shows CSI 1.12.
    public Settings(
        String name, String version, String nodeId, Mode mode, String stateDir, int maxVolumes) {
      this(name, version, nodeId, mode, stateDir, maxVolumes, CsiVersion.V1_12);
    }

    private static void require(boolean holds, String setting, String value) {
      if (!holds) throw new IllegalArgumentException("setting " + setting + " is wrong: " + value);
    }
  }

  /// Starts a driver. Returns at once; recovery goes on in a task.
  public static Driver start(
      Group group, Backend backend, Host host, Settings settings, Journal journal) {
    var inner = group.group("driver " + settings.name());
    var driver = new Driver(inner, backend, host, settings, journal);
    var _ = inner.start("recover", driver::recover);
    return driver;
  }

  /// Recovers, again and again until it goes well: what is in the way may go away.
  private boolean recover() {
    for (int failures = 1; ; failures++) {
      try {
        state = serve();
        return true;
      } catch (Stopped leave) {
        throw leave;
      } catch (
          RuntimeException
              failure) { // a damaged ledger too must be told, not end recovery silently
        var why = String.valueOf(failure.getMessage());
        journal.note(new Entry(What.FAILED, Kit.ACTOR, "Recover", settings.name(), why));
        state = new State.Failed(why);
        group.sleep(RECOVERY.after(failures));
      }
    }
  }

  private State serve() {
    host.files().makeFolder(settings.stateDir(), 0750);
    var records = new Records(host.ledgers().open(settings.stateDir() + "/driver.ledger"));
    boolean served = false;
    try {
      var kit = new Kit(settings, backend, host, records, new KeyLocks(), journal, group);
      backend.open(records.volumes(), records.snapshots());
      new Freezer(kit).thawLeft();
      new Recovery(kit).run();
      var serving = new State.Serving(kit, new Calls(kit));
      served = true;
      return serving;
    } finally {
      if (!served) records.close();
    }
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    return start(call, atMost)
        .await(atMost)
        .orElseThrow(() ->
            new CsiException(
                Code.DEADLINE_EXCEEDED,
                call.rpc()
                    + " of "
                    + call.subject()
                    + " is still running after "
                    + atMost.toMillis()
                    + " ms; it goes on"));
  }

  private <R> Task<R> start(CsiCall<R> call, Duration atMost) {
    var name = call.subject().isEmpty() ? call.rpc() : call.rpc() + " " + call.subject();
    try {
      return group.start(name, () -> call.answer().cast(joined(call, atMost)));
    } catch (Stopped ending) {
      throw ending(ending);
    }
  }

  private Object joined(CsiCall<?> call, Duration atMost) {
    try {
      return joining.run(call, atMost, () -> answer(call));
    } catch (Stopped ending) {
      throw ending(ending);
    }
  }

  private CsiException ending(Stopped why) {
    return new CsiException(Code.UNAVAILABLE, "driver " + settings.name() + " is ending", why);
  }

  private Object answer(CsiCall<?> call) {
    try {
      return switch (state) {
        case State.Serving(_, var calls) -> calls.answer(call);
        case State.Recovering() -> Calls.whileNotServing(call, settings, backend, "");
        case State.Failed(var why) -> Calls.whileNotServing(call, settings, backend, why);
      };
    } catch (HostException failure) {
      throw Refusals.of(failure);
    } catch (GivenUp late) {
      throw new CsiException(Code.DEADLINE_EXCEEDED, String.valueOf(late.getMessage()), late);
    } catch (Stopped ending) {
      throw ending(ending);
    } catch (IllegalStateException | IllegalArgumentException | ArithmeticException fault) {
      throw new CsiException(Code.INTERNAL, call.rpc() + ": " + fault.getMessage(), fault);
    }
  }

  /// The node that the driver's own ledger publishes a volume to.
  ///
  /// @return empty while it is published to none, is not there, or the driver does not serve yet
  public Optional<NodeId> publishedTo(VolumeId volume) {
    if (!(state instanceof State.Serving(var kit, _))) return Optional.empty();
    return kit.records().volume(volume).stream()
        .flatMap(record -> record.published().stream())
        .map(VolumeRecord.Publication::node)
        .findFirst();
  }

  /// Ends the driver and lets its storage go; volumes in use stay as they are. Ending the group
  /// alone leaves the storage as a kill would: the next start takes it over.
  ///
  /// @return what could not be let go, one line each
  public List<String> end() {
    group.close();
    try {
      if (state instanceof State.Serving(var kit, _)) new Freezer(kit).thawLeft();
      backend.close();
      return List.of();
    } catch (HostException stays) {
      var why = "driver " + settings.name() + ": " + stays.getMessage();
      journal.note(new Entry(What.FAILED, Kit.ACTOR, "Close", settings.name(), why));
      return List.of(why);
    } finally {
      if (state instanceof State.Serving(var kit, _)) kit.records().close();
    }
  }

  /// [#end]; what could not be let go stands in the journal.
  @Override
  public void close() {
    var _ = end();
  }
}
