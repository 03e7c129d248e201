package dev.moorage.sim;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import dev.moorage.stack.stories.Manifests;
import dev.moorage.stack.stories.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// A few volumes and more claims, all drawn from a seed, in a house without nodes.
final class ManyClaims {
  private static final String CLASS = "shelf";
  private static final String BINDER = "binder";
  private static final String DRIVER = "nobody.moorage.dev";
  private static final int MOST_VOLUMES = 8;
  private static final int MOST_CLAIMS = 16;
  private static final int LAST_DEATH = 40;

  /// How it went.
  ///
  /// @param broken what did not hold, as lines
  /// @param lostRaces how often a volume that a claim was to have had changed meanwhile
  /// @param died how often the binder died
  record Played(List<String> broken, long bound, long pending, long lostRaces, long died) {}

  private final SimTasks tasks;
  private final SimEntropy entropy;
  private final SimWorld world;
  private final Map<Integer, Death> deaths = new TreeMap<>(); // by the binder's effects
  private int effects;
  private long lostRaces;
  private long died;

  private record Death(Moment moment, boolean everybody) {}

  ManyClaims(SimTasks tasks, long seed) {
    this.tasks = tasks;
    this.entropy = new SimEntropy(seed);
    var wrap = below(3) == 0 ? new LostAnswers() : BodyWrap.NONE;
    this.world = new SimWorld(tasks, seed, List.of(), new Witness(), wrap, this::heard);
  }

  private void heard(Journal.Entry entry) {
    if (entry.actor().equals(BINDER)
        && entry.action().equals("change PersistentVolume")
        && entry.why().equals("Conflict")) lostRaces++;
  }

  Played play() {
    for (int i = below(4); i > 0; i--)
      deaths.put(
          1 + below(LAST_DEATH),
          new Death(below(2) == 0 ? Moment.BEFORE : Moment.AFTER, below(3) == 0));
    tasks.onEffect(this::strike);
    var end = tasks.call(this::toTheEnd);
    var broken = new ArrayList<String>();
    broken.addAll(new PairsInLog(world.log()).broken());
    broken.addAll(end.broken());
    broken.addAll(tasks.unseenFailures());
    return new Played(broken, end.bound(), end.pending(), lostRaces, died);
  }

  private void strike(Effect effect, Moment moment) {
    if (!effect.group().startsWith(BINDER)) return;
    if (moment == Moment.BEFORE) effects++;
    var death = deaths.get(effects);
    if (death == null || death.moment != moment) return;
    deaths.remove(effects);
    died++;
    var _ = death.everybody ? world.killAll() : world.kill(effect.group());
  }

  private PairsAtTheEnd toTheEnd() {
    world.start();
    var user = new User(world, tasks.home());
    user.creates(Kinds.STORAGE_CLASS, Manifests.immediateClass(CLASS, DRIVER));
    boolean allAtOnce = below(2) == 0; // the binder finds them all at its start
    if (allAtOnce) world.stop(BINDER);
    for (var object : shuffled(drawObjects())) user.creates(object.kind(), object.tree());
    world.resume(BINDER);
    if (below(2) == 0) comesAnew(user, "claim-" + below(6));
    world.settle();
    return PairsAtTheEnd.await(user.kube(), tasks.home());
  }

  /// Another claim of this name; its former volume is released.
  private void comesAnew(User user, String claim) {
    user.deletes(Kinds.CLAIM, claim);
    user.seesGone(Kinds.CLAIM, claim);
    user.creates(Kinds.CLAIM, claim(claim));
  }

  private record Drawn(Kind<?> kind, Tree tree) {}

  private List<Drawn> drawObjects() {
    var drawn = new ArrayList<Drawn>();
    drawn.addAll(several(3, MOST_VOLUMES, i -> new Drawn(Kinds.VOLUME, volume(i))));
    drawn.addAll(several(6, MOST_CLAIMS, i -> new Drawn(Kinds.CLAIM, claim("claim-" + i))));
    return drawn;
  }

  private List<Drawn> several(int least, int most, IntFunction<Drawn> draw) {
    int count = least + below(most - least + 1);
    var all = new ArrayList<Drawn>();
    for (int i = 0; i < count; i++) all.add(draw.apply(i));
    return all;
  }

  private List<Drawn> shuffled(List<Drawn> all) {
    var left = new ArrayList<>(all);
    var shuffled = new ArrayList<Drawn>();
    while (!left.isEmpty()) shuffled.add(left.remove(below(left.size())));
    return shuffled;
  }

  /// One of five is kept for a claim by its administrator.
  private Tree volume(int number) {
    var name = "volume-" + number;
    var modes = new ArrayList<>(List.of("ReadWriteOnce"));
    if (below(4) == 0) modes.add("ReadOnlyMany");
    Tree spec =
        Tree.object(
            "capacity",
            Tree.object("storage", Quantities.text(size())),
            "accessModes",
            Tree.texts(modes),
            "persistentVolumeReclaimPolicy",
            "Retain",
            "csi",
            Tree.object("driver", DRIVER, "volumeHandle", name));
    if (below(2) == 0) spec = spec.with(Tree.of(CLASS), "storageClassName");
    if (below(5) == 0)
      spec =
          spec.with(
              Tree.object("namespace", Manifests.NAMESPACE, "name", "claim-" + below(MOST_CLAIMS)),
              "claimRef");
    return Tree.object(
        "apiVersion",
        "v1",
        "kind",
        "PersistentVolume",
        "metadata",
        Tree.object("name", name, "labels", Tree.object("disk", disk())),
        "spec",
        spec);
  }

  /// One of five names its volume, one of five selects by label; some have no class at all.
  private Tree claim(String name) {
    Tree claim = Manifests.claim(name, below(2) == 0 ? CLASS : "", size());
    if (claim.text("spec", "storageClassName").isEmpty() && below(3) == 0)
      claim = claim.without("spec", "storageClassName");
    return switch (below(5)) {
      case 0 -> claim.with(Tree.of("volume-" + below(MOST_VOLUMES)), "spec", "volumeName");
      case 1 -> claim.with(Tree.object("disk", disk()), "spec", "selector", "matchLabels");
      default -> claim;
    };
  }

  private Bytes size() {
    return Bytes.gibi(1 + below(3));
  }

  private String disk() {
    return below(2) == 0 ? "slow" : "quick";
  }

  private int below(int bound) {
    return (int) (entropy.fraction() * bound);
  }
}
