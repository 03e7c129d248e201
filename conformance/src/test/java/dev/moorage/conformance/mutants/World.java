package dev.moorage.conformance.mutants;

import dev.moorage.csi.Csi;
import dev.moorage.host.Host;

/// What a mutant is made of.
///
/// @param correct a driver without the bug, used by this mutant alone
/// @param host the host on which that driver works, for faults in real effects
/// @param seed decides where there is something to choose
public record World(Csi correct, Host host, long seed) {}
