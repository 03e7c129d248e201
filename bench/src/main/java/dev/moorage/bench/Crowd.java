package dev.moorage.bench;

import dev.moorage.base.Group;
import dev.moorage.base.Task;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Many who do something at once.
record Crowd(Group group, int heads) {

  /// Does it for each number below a count, and waits for all.
  void each(int count, IntConsumer what) {
    var next = new AtomicInteger();
    var working = new ArrayList<Task<Integer>>();
    for (int head = 0; head < heads; head++)
      working.add(group.start("writer-" + head, () -> work(next, count, what)));
    for (var one : working) one.await();
  }

  private static int work(AtomicInteger next, int count, IntConsumer what) {
    int done = 0;
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      what.accept(i);
      done++;
    }
    return done;
  }
}
