package dev.moorage.nodeagent.pods;

import dev.moorage.host.Sandboxes.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The facts of one pod key on this node.
///
/// @param remains what earlier pods of this key have left on this host
record PodView(List<Remains> remains, Presence pod) {

  PodView {
    remains = List.copyOf(remains);
  }

  /// What a pod that the API no longer knows has left.
  ///
  /// @param volumes whether volumes of it are still on this host
  /// @param rest whether folders or records of it are there
  record Remains(String uid, List<Sandbox> running, boolean volumes, boolean rest) {
    Remains {
      running = List.copyOf(running);
    }

    boolean nothing() {
      return running.isEmpty() && !volumes && !rest;
    }
  }

  /// Whether the API knows the pod.
  sealed interface Presence {
    /// It does not.
    record Gone() implements Presence {}

    /// It does.
    record Here(
        String uid,
        Fate fate,
        Ready ready,
        List<Container> containers,
        PodStatus reported,
        Left left)
        implements Presence {
      public Here {
        containers = List.copyOf(containers);
      }
    }
  }

  /// What is wanted of the pod.
  sealed interface Fate {
    /// It is to run.
    ///
    /// @param restart `Always`, `OnFailure` or `Never`
    record Lives(String restart) implements Fate {}

    /// It is to end.
    record Deleting(Duration grace) implements Fate {}

    /// Its node rests: its processes end, and start again with the node.
    ///
    /// @param grace zero once the node's patience is over
    record Rests(String restart, Duration grace) implements Fate {}
  }

  /// Whether its processes can be started.
  sealed interface Ready {
    /// Everything they need is there.
    record Yes() implements Ready {}

    /// Not yet.
    record NotYet(String why) implements Ready {}

    /// Never, as the pod is written.
    record Never(String why) implements Ready {}
  }

  /// One container.
  record Container(String name, int restarts, Run run) {}

  /// What is known of a container's process.
  sealed interface Run {
    /// None was started, or nobody can say so.
    record Never() implements Run {}

    /// One runs that is not on record: its start died before it could be noted.
    record Unrecorded(Sandbox sandbox) implements Run {}

    /// One runs.
    ///
    /// @param asked how long ago it was asked to end; negative while nobody has
    record Running(Sandbox sandbox, Instant since, Duration asked) implements Run {
      boolean isAsked() {
        return !asked.isNegative();
      }
    }

    /// One that was on record runs no more.
    record Vanished(Sandbox sandbox, Instant since) implements Run {}

    /// The last one has ended, and that is on record.
    ///
    /// @param rest how long to wait before the next start; zero for none
    /// @param byItself whether it was not this node that ended it
    record Ended(int exitCode, Instant since, Instant until, Duration rest, boolean byItself)
        implements Run {}
  }

  /// What of the pod is left on this host beside its processes.
  ///
  /// @param volumes whether volumes are still there
  /// @param folder whether its folder is still there
  record Left(boolean volumes, boolean folder) {}
}
