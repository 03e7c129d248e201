package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.ListVolumes.Answer;
import dev.moorage.csi.ListVolumes.Entry;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Drivers that tell wrongly which volumes there are and how much room.
final class ListingMutants {
  private static final String END = "the-end";

  private ListingMutants() {}

  static List<Mutant> all() {
    return Stream.of(pages(), contents(), capacity()).flatMap(List::stream).toList();
  }

  private static Mutant list(
      String id, String what, String source, Bent.Way<ListVolumes, Answer> way) {
    return new Mutant("list-" + id, what, source, Bent.on(ListVolumes.class, way));
  }

  private static List<Mutant> pages() {
    return List.of(
        list(
            "page-repeats",
            "ListVolumes answers the first page's volumes on every page.",
            "democratic-csi, csi-driver-host-path: wrong ends of pages",
            (call, down) ->
                new Answer(
                    down.call(new ListVolumes(call.maxEntries(), "")).entries(),
                    down.call(call).nextToken())),
        list(
            "never-ends",
            "ListVolumes answers a token on the last page too, and no end ever.",
            "democratic-csi",
            (call, down) -> {
              if (call.startingToken().equals(END)) return new Answer(List.of(), END);
              var page = down.call(call);
              return page.nextToken().isEmpty() ? new Answer(page.entries(), END) : page;
            }),
        list(
            "no-token",
            "ListVolumes cuts the page and never tells that there is more.",
            "csi-driver-host-path",
            (call, down) -> new Answer(down.call(call).entries(), "")),
        new Mutant(
            "list-bad-token-ok",
            "ListVolumes begins anew at a token that it never gave.",
            "drivers that parse a token leniently",
            Bent.forgiving(
                ListVolumes.class,
                Code.ABORTED,
                (call, down) -> down.call(new ListVolumes(call.maxEntries(), "")))),
        new Mutant(
            "list-bad-token-code",
            "ListVolumes refuses a bad token with INVALID_ARGUMENT.",
            "rule: ABORTED",
            Bent.recoding(ListVolumes.class, Code.ABORTED, Code.INVALID_ARGUMENT)),
        list(
            "max-ignored",
            "ListVolumes answers everything whatever the page size.",
            "drivers with one call to their backend",
            (call, down) ->
                down.call(new ListVolumes(Math.min(0, call.maxEntries()), call.startingToken()))),
        list(
            "one-too-many",
            "ListVolumes answers one volume more than was asked for.",
            "an end of a page counted inclusively",
            (call, down) ->
                down.call(
                    new ListVolumes(
                        call.maxEntries() > 0 ? call.maxEntries() + 1 : call.maxEntries(),
                        call.startingToken()))),
        list(
            "negative-max-ok",
            "ListVolumes takes a negative page size for none.",
            "rule: a negative number is invalid",
            (call, down) ->
                down.call(new ListVolumes(Math.max(0, call.maxEntries()), call.startingToken()))));
  }

  private static List<Mutant> contents() {
    return List.of(
        new Mutant(
            "list-deleted-still",
            "ListVolumes goes on listing deleted volumes.",
            "drivers with a cache of their backend",
            ListingMutants::deletedStill),
        new Mutant(
            "list-stale",
            "ListVolumes answers what it found at the call before.",
            "drivers with a cache of their backend",
            ListingMutants::stale),
        list(
            "nodes-untold",
            "ListVolumes never tells where volumes are published.",
            "rule: LIST_VOLUMES_PUBLISHED_NODES",
            (call, down) -> {
              var page = down.call(call);
              return new Answer(
                  page.entries().stream()
                      .map(entry -> new Entry(entry.volume(), List.of(), entry.condition()))
                      .toList(),
                  page.nextToken());
            }),
        new Mutant(
            "list-get-unknown-ok",
            "ControllerGetVolume of an unknown volume answers OK with an abnormal condition.",
            "csi-driver-host-path",
            Bent.forgiving(
                ControllerGetVolume.class, Code.NOT_FOUND, (call, _) -> unknown(call.volume()))),
        new Mutant(
            "list-old-size",
            "Listing goes on telling the size at creation after the volume grew.",
            "drivers that keep their own records",
            ListingMutants::oldSize));
  }

  private static Entry unknown(VolumeId volume) {
    return new Entry(
        new Volume(volume, Bytes.ZERO, Map.of(), new ContentSource.Empty(), List.of()),
        List.of(),
        Optional.of(new VolumeCondition(true, "volume not found")));
  }

  private static Csi deletedStill(World world) {
    var made = new Memory<VolumeId, Entry>();
    return new Bent(world)
        .at(
            CreateVolume.class,
            (call, down) -> {
              var volume = down.call(call);
              made.put(volume.id(), new Entry(volume, List.of(), Optional.empty()));
              return volume;
            })
        .at(
            ListVolumes.class,
            (call, down) -> {
              var page = down.call(call);
              if (!call.startingToken().isEmpty() || !page.nextToken().isEmpty()) return page;
              var listed = page.entries().stream().map(entry -> entry.volume().id()).toList();
              var ghosts =
                  made.values().stream().filter(entry -> !listed.contains(entry.volume().id()));
              var most = call.maxEntries() > 0 ? call.maxEntries() : Long.MAX_VALUE;
              return new Answer(
                  Stream.concat(page.entries().stream(), ghosts).limit(most).toList(), "");
            });
  }

  private static Csi stale(World world) {
    var last = new Memory<ListVolumes, Answer>();
    return new Bent(world)
        .at(
            ListVolumes.class,
            (call, down) -> {
              var now = down.call(call);
              var before = last.get(call).orElse(now);
              last.put(call, now);
              return before;
            });
  }

  private static Csi oldSize(World world) {
    var sizes = new Memory<VolumeId, Bytes>();
    return new Bent(world)
        .at(
            CreateVolume.class,
            (call, down) -> {
              var made = down.call(call);
              sizes.put(made.id(), made.capacity());
              return made;
            })
        .at(
            ListVolumes.class,
            (call, down) -> {
              var page = down.call(call);
              return new Answer(
                  page.entries().stream().map(entry -> small(entry, sizes)).toList(),
                  page.nextToken());
            })
        .at(ControllerGetVolume.class, (call, down) -> small(down.call(call), sizes));
  }

  private static Entry small(Entry entry, Memory<VolumeId, Bytes> sizes) {
    var volume = entry.volume();
    var size = sizes.get(volume.id()).orElse(volume.capacity());
    return new Entry(Alter.capacity(volume, size), entry.published(), entry.condition());
  }

  private static Mutant capacity(
      String id, String what, String source, Bent.Way<GetCapacity, GetCapacity.Answer> way) {
    return new Mutant("capacity-" + id, what, source, Bent.on(GetCapacity.class, way));
  }

  private static List<Mutant> capacity() {
    return List.of(
        new Mutant(
            "capacity-never-shrinks",
            "GetCapacity answers for ever what it found first.",
            "drivers that read their backend at the start only",
            world -> {
              var first = new Memory<GetCapacity, GetCapacity.Answer>();
              return new Bent(world)
                  .at(GetCapacity.class, (call, down) -> first.first(call, down.call(call)));
            }),
        new Mutant(
            "capacity-kept-after-delete",
            "GetCapacity does not count as free again what was deleted.",
            "counters that only go one way",
            ListingMutants::onlyShrinking),
        capacity(
            "boundless",
            "GetCapacity answers an amount that no backend has.",
            "a negative number read as a huge one",
            (call, down) -> {
              var told = down.call(call);
              return new GetCapacity.Answer(
                  new Bytes(Long.MAX_VALUE), told.maximum(), told.minimum());
            }),
        capacity(
            "topology-ignored",
            "GetCapacity answers the same for a place that it does not have.",
            "TopoLVM sums over all nodes",
            (call, down) ->
                down.call(new GetCapacity(call.capabilities(), call.parameters(), Topology.NONE))),
        capacity(
            "capabilities-ignored",
            "GetCapacity answers room for volumes that it cannot make.",
            "TopoLVM",
            (call, down) ->
                down.call(new GetCapacity(List.of(), call.parameters(), call.topology()))),
        capacity(
            "maximum-wrong",
            "GetCapacity answers a largest size of one byte although larger volumes can be made.",
            "rule: the largest usable required size",
            (call, down) -> {
              var told = down.call(call);
              return new GetCapacity.Answer(told.available(), new Bytes(1), told.minimum());
            }));
  }

  private static Csi onlyShrinking(World world) {
    var least = new Memory<GetCapacity, GetCapacity.Answer>();
    var deleted = new Memory<String, Boolean>();
    return new Bent(world)
        .at(
            DeleteVolume.class,
            (call, down) -> {
              deleted.put(END, true);
              return down.call(call);
            })
        .at(
            GetCapacity.class,
            (call, down) -> {
              var now = down.call(call);
              var before = least.get(call).orElse(now);
              var told = now.available().isAbove(before.available()) ? before : now;
              least.put(call, told);
              return deleted.has(END) ? told : now;
            });
  }
}
