package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException.Errno;
import org.junit.jupiter.api.Test;

/// What every body of [Files] keeps.
public abstract class FilesContract extends HostContract {

  @Test
  void folders_are_made_with_their_parents_and_twice_is_fine() {
    play(() -> {
      host().files().makeFolder(path("a/b/c"), 0750);
      host().files().makeFolder(path("a/b/c"), 0750);
      assertThat(sortOf("a/b")).isEqualTo(Files.Sort.FOLDER);
      assertThat(host().files().look(path("a/x"))).isEmpty();
      host().files().write(path("file"), "text");
      refuses(Errno.EEXIST, () -> host().files().makeFolder(path("file"), 0755));
      refuses(Errno.ENOTDIR, () -> host().files().makeFolder(path("file/below"), 0755));
    });
  }

  @Test
  void only_empty_folders_are_removed_and_a_missing_one_is_fine() {
    play(() -> {
      host().files().makeFolder(path("a/b"), 0755);
      refuses(Errno.ENOTEMPTY, () -> host().files().removeFolder(path("a")));
      host().files().removeFolder(path("a/b"));
      host().files().removeFolder(path("a"));
      host().files().removeFolder(path("a"));
      assertThat(host().files().look(path("a"))).isEmpty();
      host().files().write(path("file"), "text");
      refuses(Errno.ENOTDIR, () -> host().files().removeFolder(path("file")));
    });
  }

  @Test
  void a_missing_file_may_be_removed_but_no_folder() {
    play(() -> {
      host().files().write(path("file"), "text");
      host().files().removeFile(path("file"));
      host().files().removeFile(path("file"));
      assertThat(host().files().look(path("file"))).isEmpty();
      String folder = newFolder("a");
      refuses(Errno.EISDIR, () -> host().files().removeFile(folder));
    });
  }

  @Test
  void names_are_sorted_and_a_missing_folder_has_none() {
    play(() -> {
      host().files().write(path("b"), "");
      host().files().write(path("a"), "");
      newFolder("c");
      assertThat(host().files().names(folder())).containsExactly("a", "b", "c");
      assertThat(host().files().names(path("none"))).isEmpty();
    });
  }

  @Test
  void an_allocated_file_has_all_its_blocks_and_grows_but_never_shrinks() {
    play(() -> {
      host().files().allocate(path("a"), Bytes.mebi(2));
      checkAllocated(Bytes.mebi(2));
      host().files().allocate(path("a"), Bytes.mebi(3));
      checkAllocated(Bytes.mebi(3));
      host().files().allocate(path("a"), Bytes.mebi(1));
      checkAllocated(Bytes.mebi(3));
      refuses(Errno.ENOENT, () -> host().files().allocate(path("none/a"), Bytes.mebi(1)));
    });
  }

  @Test
  void a_written_text_replaces_the_old_one_and_leaves_nothing_beside() {
    play(() -> {
      host().files().write(path("a"), "old");
      host().files().write(path("a"), "new ü");
      assertThat(host().files().read(path("a"))).contains("new ü");
      assertThat(host().files().look(path("a")).orElseThrow().size()).isEqualTo(new Bytes(6));
      assertThat(host().files().names(folder())).containsExactly("a");
      assertThat(host().files().read(path("none"))).isEmpty();
      refuses(Errno.ENOENT, () -> host().files().write(path("none/a"), "text"));
      refuses(Errno.EISDIR, () -> host().files().read(folder()));
    });
  }

  @Test
  void a_large_file_is_not_read() {
    play(() -> {
      host().files().allocate(path("a"), Bytes.mebi(2));
      refuses(Errno.EFBIG, () -> host().files().read(path("a")));
    });
  }

  @Test
  void a_moved_file_replaces_the_one_at_its_new_path() {
    play(() -> {
      host().files().write(path("a"), "one");
      host().files().write(path("b"), "two");
      host().files().move(path("a"), path("b"));
      assertThat(host().files().read(path("b"))).contains("one");
      assertThat(host().files().look(path("a"))).isEmpty();
      refuses(Errno.ENOENT, () -> host().files().move(path("a"), path("c")));
    });
  }

  @Test
  void a_lock_is_held_by_one_until_it_is_closed() {
    play(() -> {
      try (var _ = host().files().lock(path("lock")).orElseThrow()) {
        assertThat(host().files().lock(path("lock"))).isEmpty();
        host().files().lock(path("other")).orElseThrow().close();
      }
      assertThat(sortOf("lock")).isEqualTo(Files.Sort.FILE);
      var again = host().files().lock(path("lock")).orElseThrow();
      again.close();
      again.close();
    });
  }

  @Test
  void an_extended_file_has_no_blocks_until_it_is_allocated() {
    play(() -> {
      host().files().extend(path("a"), Bytes.mebi(8));
      host().files().extend(path("a"), Bytes.mebi(4));
      var sparse = host().files().look(path("a")).orElseThrow();
      assertThat(sparse.size()).isEqualTo(Bytes.mebi(8));
      assertThat(sparse.allocated()).isEqualTo(Bytes.ZERO);
      assertThat(host().files().extents(path("a"))).isEmpty();
      host().files().allocate(path("a"), Bytes.mebi(8));
      checkAllocated(Bytes.mebi(8));
    });
  }

  @Test
  void a_clone_shares_the_blocks_of_its_source_and_outlives_it() {
    play(() -> {
      String folder = newXfs("a");
      host().files().write(folder + "/one", "text");
      host().files().clone(folder + "/one", folder + "/two");
      assertThat(host().files().read(folder + "/two")).contains("text");
      assertThat(host().files().extents(folder + "/two"))
          .isEqualTo(host().files().extents(folder + "/one"))
          .isNotEmpty();
      host().files().write(folder + "/one", "other");
      assertThat(host().files().read(folder + "/two")).contains("text");
      assertThat(host().files().extents(folder + "/two"))
          .isNotEqualTo(host().files().extents(folder + "/one"));
      host().files().removeFile(folder + "/one");
      assertThat(host().files().read(folder + "/two")).contains("text");
    });
  }

  @Test
  void a_clone_replaces_nothing_and_its_source_must_be_there() {
    play(() -> {
      String folder = newXfs("a");
      host().files().write(folder + "/one", "text");
      host().files().write(folder + "/two", "kept");
      refuses(Errno.EEXIST, () -> host().files().clone(folder + "/one", folder + "/two"));
      refuses(Errno.EEXIST, () -> host().files().copy(folder + "/one", folder + "/two"));
      assertThat(host().files().read(folder + "/two")).contains("kept");
      refuses(Errno.ENOENT, () -> host().files().clone(folder + "/none", folder + "/three"));
      refuses(Errno.ENOENT, () -> host().files().copy(folder + "/none", folder + "/three"));
      assertThat(host().files().names(folder)).containsExactly("one", "two");
    });
  }

  @Test
  void a_filesystem_that_cannot_share_says_so_and_keeps_nothing() {
    play(() -> {
      String folder = mounted(newExt4("a.img"), "a");
      host().files().write(folder + "/one", "text");
      refuses(Errno.EOPNOTSUPP, () -> host().files().clone(folder + "/one", folder + "/two"));
      assertThat(host().files().look(folder + "/two")).isEmpty();
      host().files().copy(folder + "/one", folder + "/two");
      assertThat(host().files().read(folder + "/two")).contains("text");
    });
  }

  @Test
  void a_copy_has_blocks_of_its_own_and_keeps_holes() {
    play(() -> {
      host().files().write(path("a"), "text");
      host().files().extend(path("a"), Bytes.mebi(16));
      host().files().copy(path("a"), path("b"));
      var copy = host().files().look(path("b")).orElseThrow();
      assertThat(copy.size()).isEqualTo(Bytes.mebi(16));
      assertThat(copy.allocated()).isLessThan(Bytes.mebi(1)).isGreaterThan(Bytes.ZERO);
      assertThat(host().files().extents(path("b")))
          .isNotEqualTo(host().files().extents(path("a")))
          .hasSameSizeAs(host().files().extents(path("a")));
    });
  }

  @Test
  void extents_tell_what_is_allocated_and_what_is_written() {
    play(() -> {
      host().files().allocate(path("a"), Bytes.mebi(2));
      var allocated = host().files().extents(path("a"));
      assertThat(allocated).allMatch(extent -> !extent.written());
      assertThat(allocated.getFirst().offset()).isZero();
      assertThat(allocated.getLast().end()).isEqualTo(Bytes.mebi(2).count());
      host().files().write(path("b"), "text");
      var written = host().files().extents(path("b"));
      assertThat(written).hasSize(1);
      assertThat(written.getFirst().written()).isTrue();
      refuses(Errno.ENOENT, () -> host().files().extents(path("none")));
    });
  }

  private Files.Sort sortOf(String name) {
    return host().files().look(path(name)).orElseThrow().sort();
  }

  private void checkAllocated(Bytes size) {
    var seen = host().files().look(path("a")).orElseThrow();
    assertThat(seen.sort()).isEqualTo(Files.Sort.FILE);
    assertThat(seen.size()).isEqualTo(size);
    assertThat(seen.allocated()).isGreaterThanOrEqualTo(size);
  }
}
