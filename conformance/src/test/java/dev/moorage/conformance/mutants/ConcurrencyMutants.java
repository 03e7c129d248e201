package dev.moorage.conformance.mutants;

import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.ListVolumes;
import java.util.List;
import java.util.Optional;

/// Drivers that do badly when several calls come at once, or after one that failed.
final class ConcurrencyMutants {
  private ConcurrencyMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "concurrency-twin-creates",
            "Two equal CreateVolume calls at once make two volumes.",
            "a look-up by name without a lock",
            world -> {
              var flights = new Flights();
              return new Bent(world)
                  .at(
                      CreateVolume.class,
                      (call, down) ->
                          flights.during(call, others -> down.call(twin(call, others))));
            }),
        new Mutant(
            "concurrency-twin-snapshots",
            "Two equal CreateSnapshot calls at once cut two snapshots.",
            "csi-driver-nfs: no locks on snapshots",
            world -> {
              var flights = new Flights();
              return new Bent(world)
                  .at(
                      CreateSnapshot.class,
                      (call, down) ->
                          flights.during(
                              call,
                              others ->
                                  down.call(
                                      others.contains(call)
                                          ? Alter.name(call, call.name() + "-twin")
                                          : call)));
            }),
        new Mutant(
            "concurrency-mixed-creates",
            "Two CreateVolume calls of different names at once give one volume to both.",
            "ids from a counter that is not thread safe",
            world -> {
              var flights = new Flights();
              return new Bent(world)
                  .at(
                      CreateVolume.class,
                      (call, down) ->
                          flights.during(call, others -> down.call(mixed(call, others))));
            }),
        new Mutant(
            "concurrency-global-lock",
            "A call is refused with ABORTED while one for any other volume is under way.",
            "drivers with one lock for everything",
            ConcurrencyMutants::globalLock),
        new Mutant(
            "concurrency-list-breaks",
            "ListVolumes fails while a volume is being made.",
            "a list that is changed while it is walked",
            ConcurrencyMutants::breakingList),
        new Mutant(
            "concurrency-lock-kept",
            "After a call that failed every further call for the same thing answers ABORTED.",
            "locks that are not released on errors",
            ConcurrencyMutants::keptLock));
  }

  private static CreateVolume twin(CreateVolume call, List<CsiCall<?>> others) {
    return others.contains(call) ? Alter.name(call, call.name() + "-twin") : call;
  }

  private static CreateVolume mixed(CreateVolume call, List<CsiCall<?>> others) {
    return others.stream()
        .filter(other -> other instanceof CreateVolume)
        .findFirst()
        .map(other -> Alter.name(call, other.subject()))
        .orElse(call);
  }

  private static Csi globalLock(World world) {
    var flights = new Flights();
    return new Bent(world)
        .elsewhere((call, down) -> {
          if (call.subject().isEmpty()) return down.call(call);
          return flights.during(
              call,
              others -> {
                if (!others.isEmpty()) throw Bent.refusal(Code.ABORTED, call);
                return answer(call, down);
              });
        });
  }

  private static Object answer(CsiCall<?> call, Down down) {
    return down.call(call);
  }

  private static Csi breakingList(World world) {
    var flights = new Flights();
    return new Bent(world)
        .at(CreateVolume.class, (call, down) -> flights.during(call, _ -> down.call(call)))
        .at(
            ListVolumes.class,
            (call, down) ->
                flights.during(
                    call,
                    others -> {
                      if (!others.isEmpty()) throw Bent.refusal(Code.INTERNAL, call);
                      return down.call(call);
                    }));
  }

  private static Csi keptLock(World world) {
    var locked = new Memory<String, Boolean>();
    return new Bent(world)
        .elsewhere((call, down) -> {
          var key = Optional.of(call.subject()).filter(subject -> !subject.isEmpty());
          if (key.filter(locked::has).isPresent()) throw Bent.refusal(Code.ABORTED, call);
          try {
            return down.call(call);
          } catch (CsiException refused) {
            key.ifPresent(subject -> locked.put(subject, true));
            throw refused;
          }
        });
  }
}
