package dev.moorage.cli.demo;

import dev.moorage.stack.stories.Stories;
import dev.moorage.stack.stories.Stories.Claimed;
import java.time.Duration;
import java.util.ArrayList;

/// The order of the stories, the same for the real and the simulated demo.
final class Plot {
  private final Stories stories;
  private final Narrator narrator;
  private final Summary summary;
  private final DemoSettings settings;

  Plot(Stories stories, Narrator narrator, Summary summary, DemoSettings settings) {
    this.stories = stories;
    this.narrator = narrator;
    this.summary = summary;
    this.settings = settings;
  }

  void play() {
    narrator.chapter("Story 1: a claim becomes a mounted directory");
    stories.install(DemoSettings.CLASS);
    Claimed claimed = stories.claimBecomesDirectory("data", DemoSettings.CLASS, DemoSettings.SIZE);
    summary.add("first claim to mounted directory", claimed.toMounted());
    narrator.chapter("Story 2: the claim grows while the pod uses it");
    stories.claimGrows(claimed, DemoSettings.GROWN);
    narrator.chapter("Story 3: the pod and its claim go away");
    stories.claimGoesAway(claimed);
    if (settings.more() > 0) playMore();
  }

  private void playMore() {
    narrator.chapter(settings.more() + " more, one after the other");
    narrator.quiet();
    var times = new ArrayList<Duration>();
    for (int i = 1; i <= settings.more(); i++) {
      var claimed =
          stories.claimBecomesDirectory("more-" + i, DemoSettings.CLASS, DemoSettings.SMALL);
      times.add(claimed.toMounted());
      stories.claimGoesAway(claimed);
    }
    summary.add("median of " + settings.more() + " more", Summary.median(times));
  }
}
