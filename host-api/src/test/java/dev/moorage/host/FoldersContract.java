package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.HostException.Errno;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What every body of [Folders] keeps.
public abstract class FoldersContract extends HostContract {

  @Test
  void an_entry_that_is_made_or_removed_is_a_change() {
    play(() -> {
      try (var watched = host().folders().watch(newFolder("a"))) {
        assertThat(watched.changed(SHORT)).isFalse();
        host().files().makeFolder(path("a/b"), 0755);
        assertThat(watched.changed(LONG)).isTrue();
        assertThat(watched.changed(SHORT)).isFalse();
        host().files().removeFolder(path("a/b"));
        assertThat(watched.changed(LONG)).isTrue();
        host().files().write(path("a/file"), "text");
        assertThat(watched.changed(LONG)).isTrue();
      }
    });
  }

  @Test
  void a_change_between_two_looks_is_not_lost_and_counts_once() {
    play(() -> {
      try (var watched = host().folders().watch(newFolder("a"))) {
        host().files().makeFolder(path("a/b"), 0755);
        host().files().makeFolder(path("a/c"), 0755);
        host().files().makeFolder(path("b"), 0755);
        assertThat(watched.changed(Duration.ZERO) || watched.changed(LONG)).isTrue();
        assertThat(watched.changed(SHORT)).isFalse();
      }
    });
  }

  @Test
  void who_waits_is_told_when_the_change_comes() {
    play(() -> {
      try (var group = tasks().group("other");
          var watched = host().folders().watch(newFolder("a"))) {
        group.start(
            "makes",
            () -> {
              group.sleep(SHORT);
              host().files().makeFolder(path("a/b"), 0755);
              return true;
            });
        assertThat(watched.changed(LONG)).isTrue();
      }
    });
  }

  @Test
  void only_direct_entries_count_and_the_folder_must_exist() {
    play(() -> {
      host().files().makeFolder(path("a/b"), 0755);
      try (var watched = host().folders().watch(path("a"))) {
        host().files().makeFolder(path("a/b/c"), 0755);
        assertThat(watched.changed(SHORT)).isFalse();
      }
      refuses(Errno.ENOENT, () -> host().folders().watch(path("none")).close());
    });
  }
}
