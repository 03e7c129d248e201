package dev.moorage.cli.crash;

import dev.moorage.csi.CsiCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One deed of a driver, with what makes it possible again and again.
///
/// @param setUp once, before all
/// @param before each deed
/// @param undo each deed, done or given up
/// @param tearDown once, after all
record Cell(
    String name,
    Deed deed,
    List<CsiCall<?>> setUp,
    List<CsiCall<?>> before,
    List<CsiCall<?>> undo,
    List<CsiCall<?>> tearDown) {

  /// What the driver is about when it dies.
  sealed interface Deed {
    record Call(CsiCall<?> call) implements Deed {}

    /// From its start until it serves, over what the last one left.
    record Start() implements Deed {}

    /// The same where nothing is there yet.
    record FirstStart() implements Deed {}

    /// From the word to end until it has let go.
    record End() implements Deed {}
  }

  static Cell of(String name, CsiCall<?> call) {
    return new Cell(name, new Deed.Call(call), List.of(), List.of(), List.of(), List.of());
  }

  static Cell of(String name, Deed deed) {
    return new Cell(name, deed, List.of(), List.of(), List.of(), List.of());
  }

  Cell after(CsiCall<?>... calls) {
    return new Cell(name, deed, setUp, Arrays.asList(calls), undo, tearDown);
  }

  Cell undoneBy(CsiCall<?>... calls) {
    return new Cell(name, deed, setUp, before, Arrays.asList(calls), tearDown);
  }

  /// All of it with this volume made and brought so far before, and removed after.
  Cell with(Subject volume, CsiCall<?>... brought) {
    var make = new ArrayList<CsiCall<?>>(List.of(volume.create()));
    make.addAll(Arrays.asList(brought));
    var remove = new ArrayList<>(volume.hide());
    remove.add(volume.delete());
    return new Cell(name, deed, make, before, undo, remove);
  }
}
