package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.List;

/// What the registry says.
public sealed interface Answer {

  /// One object: read, written, or as it was before it went.
  ///
  /// @param created whether the write made it
  /// @param warnings for the writer, one sentence each
  record One(Tree tree, boolean created, List<String> warnings) implements Answer {
    public One {
      warnings = List.copyOf(warnings);
    }
  }

  /// A list, by namespace and name.
  ///
  /// @param version from which a watch goes on
  /// @param from the continuation for the next page; empty at the end
  /// @param remaining objects behind this page; -1 where nobody counted
  record Many(List<Tree> items, String version, String from, long remaining) implements Answer {
    public Many {
      items = List.copyOf(items);
    }
  }

  /// An open watch.
  record Watching(Feed feed) implements Answer {}

  /// It is done, and there is no object to show.
  record Done() implements Answer {}
}
