package dev.moorage.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.cli.crash.Cell.Deed;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// A node on which deeds are done again and again: a driver without volumes, or one with a volume
/// in use and a snapshot of it.
final class Scene implements AutoCloseable {
  private static final Bytes SMALL_POOL = Bytes.mebi(512);
  private static final Bytes POOL = Bytes.gibi(1);
  private static final Bytes LARGE_POOL = Bytes.gibi(2);
  private static final String BEFORE_SNAPSHOT = "first";
  private static final String AFTER_SNAPSHOT = "second";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";

  private final Node node;
  private final Optional<Cells> volumes;
  private final List<Cell> cells;

  private Scene(Node node, Optional<Cells> volumes) throws IOException {
    this.node = node;
    this.volumes = volumes;
    this.cells = volumes.map(Cells::ofVolumes).orElseGet(Cells::ofEmptyDriver);
    node.serve();
    if (volumes.isPresent()) setUp(volumes.get());
  }

  /// @param use of its volumes; empty for none
  static Scene open(String use) throws IOException {
    var node = new Node(pool(use));
    try {
      var volumes =
          use.isEmpty() ? Optional.<Cells>empty() : Optional.of(new Cells(node.kubelet(), use));
      return new Scene(node, volumes);
    } catch (RuntimeException | AssertionError | IOException failed) {
      node.close();
      throw failed;
    }
  }

  private static Bytes pool(String use) {
    return switch (use) {
      case "" -> SMALL_POOL;
      case "xfs", "btrfs" -> LARGE_POOL;
      default -> POOL;
    };
  }

  private void setUp(Cells volumes) throws IOException {
    for (var volume : volumes.all()) Files.createDirectory(volume.staging());
    node.all(volumes.first());
    node.write(volumes.base(), BEFORE_SNAPSHOT);
    var _ = node.call(volumes.keep());
    node.write(volumes.base(), AFTER_SNAPSHOT);
  }

  List<Cell> cells() {
    return cells;
  }

  Node node() {
    return node;
  }

  /// Brings the driver to the moment before the deed, and lets it count from there.
  void prepare(Cell cell, Point point) throws IOException {
    node.all(cell.before());
    switch (cell.deed()) {
      case Deed.Call _, Deed.End _ -> {}
      case Deed.Start _ -> node.replace();
      case Deed.FirstStart _ -> {
        node.end();
        node.replace();
        node.wipe();
      }
    }
    node.process().arm(point);
  }

  /// Does the deed.
  ///
  /// @return what it was answered, without times
  /// @throws MortalProcess.Died when the driver dies meanwhile
  String act(Cell cell) {
    switch (cell.deed()) {
      case Deed.Call(var call) -> {
        return plain(answer(call).toString());
      }
      case Deed.Start _, Deed.FirstStart _ -> node.serve();
      case Deed.End _ -> node.end();
    }
    return "";
  }

  private Object answer(CsiCall<?> call) {
    try {
      return node.call(call);
    } catch (CsiException failed) {
      if (node.process().dead()) throw new MortalProcess.Died();
      // What this kernel cannot do (growing a mounted ext4) is an answer like any other.
      if (failed.code() == Code.FAILED_PRECONDITION) return String.valueOf(failed.getMessage());
      throw failed;
    }
  }

  /// Does the deed again, after the driver died in it and the next one serves.
  String again(Cell cell) {
    return cell.deed() instanceof Deed.Start || cell.deed() instanceof Deed.FirstStart
        ? ""
        : act(cell);
  }

  /// A copy holds what its source held.
  void checkContent(Cell cell) throws IOException {
    if (!(cell.deed() instanceof Deed.Call(CreateVolume call))) return;
    if (call.source() instanceof ContentSource.Empty) return;
    var copy = volumes.orElseThrow().copy();
    node.all(copy.show());
    var text = call.source() instanceof ContentSource.Snapshot ? BEFORE_SNAPSHOT : AFTER_SNAPSHOT;
    node.checkHolds(copy, text);
    node.all(copy.hide());
  }

  /// Back to where [#prepare] began.
  void undo(Cell cell) {
    if (cell.deed() instanceof Deed.End) node.restart();
    node.all(cell.undo());
  }

  /// What is there, without times and the folder's name; the volume in use is as it was.
  List<String> inventory() throws IOException {
    if (volumes.isPresent()) node.checkHolds(volumes.get().base(), AFTER_SNAPSHOT);
    return node.inventory().stream().map(this::plain).toList();
  }

  private String plain(String text) {
    return text.replace(node.kubelet().resolveSibling("").toString(), "")
        .replaceAll(TIME, "(time)");
  }

  /// Takes everything away in good order, and proves that nothing is left.
  void finish() throws IOException {
    if (volumes.isPresent()) node.all(volumes.get().last());
    assertThat(node.inventory()).noneMatch(line -> line.contains("/volumes/"));
    assertThat(node.inventory()).noneMatch(line -> line.contains("/snapshots/"));
    node.end();
    assertThat(node.ledger()).isEmpty();
  }

  @Override
  public void close() throws IOException {
    node.close();
  }
}
