package dev.moorage.conformance.mutants;

import java.util.List;
import java.util.stream.Stream;

/// All seeded bugs.
///
/// A mutant shows only where the correct driver can do what the bug spoils: attaching, snapshots,
/// groups, changed blocks, modifying and health need a driver with these. What one run of a suite
/// cannot show with a given driver is not the suite's fault.
public final class Mutants {
  /// Each of them, by group.
  public static final List<Mutant> ALL =
      Stream.of(
              IdentityMutants.all(),
              CreateMutants.all(),
              DeleteMutants.all(),
              PublishMutants.all(),
              ListingMutants.all(),
              SnapshotMutants.all(),
              GroupMutants.all(),
              ExpandMutants.all(),
              NodeMutants.all(),
              ConcurrencyMutants.all(),
              DeadlineMutants.all(),
              LimitMutants.all(),
              HealthMutants.all())
          .flatMap(List::stream)
          .toList();

  private Mutants() {}
}
