package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every body of [Subvolumes] keeps.
public abstract class SubvolumesContract extends HostContract {
  private static final Bytes POOL = Bytes.mebi(256);
  private static final Bytes LIMIT = Bytes.mebi(20);

  /// What a filesystem may need to find its files.
  private static final Bytes LITTLE = new Bytes(64 * 1024);

  private Subvolumes subvolumes() {
    return host().subvolumes();
  }

  /// A mounted btrfs that counts.
  private String newPool() {
    String device = newDevice("pool.img", POOL);
    host().filesystems().format(device, "btrfs", List.of());
    host().mounts().mount(device, newFolder("pool"), "btrfs", List.of("noatime"));
    subvolumes().enableQuota(path("pool"));
    return path("pool");
  }

  private String newSubvolume(String name) {
    String path = path("pool/" + name);
    subvolumes().create(path);
    return path;
  }

  private Subvolumes.Usage usage(String path) {
    host().filesystems().sync(path);
    return subvolumes().usage(path);
  }

  @Override
  @AfterEach
  protected void leaveNothing() {
    for (String name : host().files().names(path("pool")))
      if (subvolumes().exists(path("pool/" + name))) subvolumes().delete(path("pool/" + name));
    super.leaveNothing();
  }

  @Test
  void a_subvolume_comes_and_goes() {
    play(() -> {
      String pool = newPool();
      subvolumes().enableQuota(pool);
      assertThat(subvolumes().exists(pool + "/a")).isFalse();
      String a = newSubvolume("a");
      assertThat(subvolumes().exists(a)).isTrue();
      assertThat(host().files().look(a).orElseThrow().sort()).isEqualTo(Files.Sort.FOLDER);
      host().files().makeFolder(a + "/folder", 0755);
      host().files().write(a + "/folder/file", "content");
      subvolumes().delete(a);
      assertThat(subvolumes().exists(a)).isFalse();
      assertThat(host().files().look(a)).isEmpty();
      subvolumes().delete(a);
    });
  }

  @Test
  void what_is_no_subvolume_is_refused() {
    play(() -> {
      String pool = newPool();
      host().files().makeFolder(pool + "/folder", 0755);
      host().files().write(pool + "/file", "text");
      newSubvolume("a");
      assertThat(subvolumes().exists(pool + "/folder")).isFalse();
      assertThat(subvolumes().exists(pool + "/file")).isFalse();
      refuses(Errno.EINVAL, () -> subvolumes().delete(pool + "/folder"));
      refuses(Errno.EINVAL, () -> subvolumes().limit(pool + "/folder", LIMIT));
      refuses(Errno.EINVAL, () -> subvolumes().snapshot(pool + "/folder", pool + "/b", false));
      refuses(Errno.ENOENT, () -> subvolumes().limit(pool + "/none", LIMIT));
      refuses(Errno.ENOENT, () -> subvolumes().usage(pool + "/none"));
      refuses(Errno.ENOENT, () -> subvolumes().snapshot(pool + "/none", pool + "/b", false));
      refuses(Errno.ENOENT, () -> subvolumes().create(pool + "/none/a"));
      refuses(Errno.EEXIST, () -> subvolumes().create(pool + "/a"));
      refuses(Errno.EEXIST, () -> subvolumes().create(pool + "/file"));
      refuses(Errno.EEXIST, () -> subvolumes().snapshot(pool + "/a", pool + "/file", false));
      host().files().makeFolder(path("elsewhere"), 0755);
      assertThat(subvolumes().exists(path("elsewhere"))).isFalse();
      refuses(Errno.EOPNOTSUPP, () -> subvolumes().create(path("elsewhere/a")));
      refuses(Errno.EOPNOTSUPP, () -> subvolumes().usage(path("elsewhere")));
      refuses(Errno.EOPNOTSUPP, () -> subvolumes().enableQuota(path("elsewhere")));
    });
  }

  @Test
  void a_limit_is_kept_and_can_be_raised() {
    play(() -> {
      newPool();
      String a = newSubvolume("a");
      assertThat(usage(a)).isEqualTo(new Subvolumes.Usage(Bytes.ZERO, Bytes.ZERO, 0));
      subvolumes().limit(a, LIMIT);
      assertThat(usage(a)).isEqualTo(new Subvolumes.Usage(Bytes.ZERO, LIMIT, 0));
      host().files().allocate(a + "/file", Bytes.mebi(15));
      assertThat(usage(a).used()).isBetween(Bytes.mebi(15), Bytes.mebi(15).plus(LITTLE));
      refuses(Errno.EDQUOT, () -> host().files().allocate(a + "/more", Bytes.mebi(6)));
      subvolumes().limit(a, LIMIT.plus(LIMIT));
      host().files().allocate(a + "/more", Bytes.mebi(6));
      assertThat(usage(a).used()).isBetween(Bytes.mebi(21), Bytes.mebi(21).plus(LITTLE));
      host().files().removeFile(a + "/file");
      assertThat(usage(a).used()).isBetween(Bytes.mebi(6), Bytes.mebi(6).plus(LITTLE));
    });
  }

  @Test
  void a_snapshot_keeps_what_was_there() {
    play(() -> {
      String pool = newPool();
      String a = newSubvolume("a");
      host().files().makeFolder(a + "/folder", 0755);
      host().files().write(a + "/folder/file", "before");
      subvolumes().snapshot(a, pool + "/s", true);
      host().files().write(a + "/folder/file", "after");
      host().files().write(a + "/new", "new");
      assertThat(subvolumes().exists(pool + "/s")).isTrue();
      assertThat(host().files().read(pool + "/s/folder/file")).contains("before");
      assertThat(host().files().names(pool + "/s")).containsExactly("folder");
      refuses(Errno.EROFS, () -> host().files().write(pool + "/s/new", "new"));
      subvolumes().delete(a);
      assertThat(host().files().read(pool + "/s/folder/file")).contains("before");
      subvolumes().delete(pool + "/s");
      assertThat(host().files().names(pool)).isEmpty();
    });
  }

  @Test
  void a_copy_counts_in_full_and_has_a_limit_of_its_own() {
    play(() -> {
      String pool = newPool();
      String a = newSubvolume("a");
      subvolumes().limit(a, LIMIT);
      host().files().allocate(a + "/file", Bytes.mebi(15));
      subvolumes().snapshot(a, pool + "/s", true);
      subvolumes().snapshot(pool + "/s", pool + "/b", false);
      assertThat(usage(pool + "/b").used()).isEqualTo(usage(a).used());
      subvolumes().limit(pool + "/b", LIMIT);
      refuses(Errno.EDQUOT, () -> host().files().allocate(pool + "/b/more", Bytes.mebi(6)));
      host().files().removeFile(pool + "/b/file");
      host().filesystems().sync(pool);
      host().files().allocate(pool + "/b/more", Bytes.mebi(6));
      assertThat(host().files().names(pool + "/b")).containsExactly("more");
      assertThat(host().files().names(a)).containsExactly("file");
    });
  }

  @Test
  void subvolumes_inside_are_counted_left_out_of_copies_and_removed() {
    play(() -> {
      String pool = newPool();
      String a = newSubvolume("a");
      subvolumes().limit(a, Bytes.mebi(2));
      newSubvolume("a/inside");
      newSubvolume("a/inside/deep");
      host().files().allocate(a + "/inside/deep/file", Bytes.mebi(5));
      var seen = usage(a);
      assertThat(seen.inside()).isEqualTo(2);
      assertThat(seen.used()).isBetween(Bytes.mebi(5), Bytes.mebi(5).plus(LITTLE));
      subvolumes().snapshot(a, pool + "/b", false);
      assertThat(host().files().names(pool + "/b")).containsExactly("inside");
      assertThat(host().files().names(pool + "/b/inside")).isEmpty();
      assertThat(usage(pool + "/b").inside()).isEqualTo(0);
      subvolumes().delete(a);
      assertThat(host().files().names(pool)).containsExactly("b");
    });
  }

  @Test
  void what_is_deleted_gives_its_space_back() {
    play(() -> {
      String pool = newPool();
      host().filesystems().sync(pool);
      var before = host().filesystems().usage(pool).used();
      String a = newSubvolume("a");
      host().files().allocate(a + "/file", Bytes.mebi(50));
      host().filesystems().sync(pool);
      var full = host().filesystems().usage(pool).used();
      assertThat(full.minusAtMost(before)).isGreaterThanOrEqualTo(Bytes.mebi(50));
      subvolumes().delete(a);
      var after = host().filesystems().usage(pool).used();
      assertThat(after.minusAtMost(before)).isLessThan(Bytes.mebi(1));
    });
  }
}
