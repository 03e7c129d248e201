package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Lists, page by page. A token names the last entry that was told of: whatever comes or goes
/// meanwhile, no entry that stays is left out or told of twice.
///
/// @param kind of entries; no token of another kind fits
record Pages(String kind) {
  private static final int CHECK_LENGTH = 8;

  /// A page.
  ///
  /// @param nextToken empty on the last one
  record Page<T>(List<T> entries, String nextToken) {}

  /// @param all sorted by id
  /// @param shown what to tell of one; empty for nothing
  /// @param most entries; 0 for all
  /// @throws CsiException INVALID_ARGUMENT, or ABORTED for a token that is not ours
  <S, T> Page<T> page(
      List<S> all, Function<S, String> id, Function<S, Optional<T>> shown, int most, String token) {
    Limits.most("max_entries", most);
    var after = token.isEmpty() ? "" : after(token);
    var page = new ArrayList<T>();
    var last = "";
    for (var one : all) {
      if (id.apply(one).compareTo(after) <= 0) continue;
      var entry = shown.apply(one);
      if (entry.isEmpty()) continue;
      if (most > 0 && page.size() == most) return new Page<>(page, token(last));
      page.add(entry.get());
      last = id.apply(one);
    }
    return new Page<>(page, "");
  }

  private String token(String id) {
    return kind + ":" + check(id) + ":" + id;
  }

  private String after(String token) {
    int start = kind.length() + CHECK_LENGTH + 2;
    var id = token.length() > start ? token.substring(start) : "";
    if (id.isEmpty() || !token(id).equals(token))
      throw new CsiException(
          Code.ABORTED, "starting_token is none of this list; start again without one");
    return id;
  }

  private String check(String id) {
    return VolumeIds.sha256(kind + " " + id).substring(0, CHECK_LENGTH);
  }
}
