package dev.moorage.kubeclient;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Lists, page by page.
final class Lists {
  private final Wire wire;

  Lists(Wire wire) {
    this.wire = wire;
  }

  /// What takes a list's parts. A list that has to be begun again is announced.
  ///
  /// @param begin forgets what came so far
  /// @param each takes one part
  /// @param rest takes what stands beside the parts of a page
  record Taker(Runnable begin, Consumer<Tree> each, BiConsumer<String, Tree> rest) {}

  /// Takes all parts, and tells the list's version.
  ///
  /// @param path without options of paging
  String all(String path, String accept, Taker taker) {
    try {
      return pages(path, accept, taker);
    } catch (KubeException e) {
      if (e.reason() != Reason.Expired) throw e;
      return page(path, accept, begun(taker)).version(); // too slow for pages: all at once
    }
  }

  private String pages(String path, String accept, Taker taker) {
    var limited = Paths.with(path, "limit", String.valueOf(wire.settings().pageAtMost()));
    var page = page(limited, accept, begun(taker));
    while (!page.next().isEmpty())
      page = page(Paths.with(limited, "continue", page.next()), accept, taker);
    return page.version();
  }

  private static Taker begun(Taker taker) {
    taker.begin().run();
    return taker;
  }

  private TreeJson.Page page(String path, String accept, Taker taker) {
    return wire.ask(
        Ask.get(path, accept), answer -> TreeJson.list(answer.body(), taker.each(), taker.rest()));
  }
}
