package dev.moorage.linux;

import dev.moorage.linux.MountTable.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lines that the mount table had when it was read last: most are the same when it is read
/// again. On a node with a thousand volumes each of many callers would else hold some megabytes.
final class KnownMounts {
  private volatile Map<String, Line> last = Map.of();

  MountTable read(String text) {
    var before = last;
    var now = new HashMap<String, Line>();
    var lines = new ArrayList<Line>();
    text.lines()
        .forEach(each -> {
          var same = before.get(each);
          var line = same == null ? MountTable.line(each) : Optional.of(same);
          line.ifPresent(found -> {
            now.put(each, found);
            lines.add(found);
          });
        });
    last = now;
    return new MountTable(List.copyOf(lines));
  }
}
