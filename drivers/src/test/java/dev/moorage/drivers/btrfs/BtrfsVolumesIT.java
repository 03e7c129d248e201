package dev.moorage.drivers.btrfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Bytes;
import dev.moorage.host.Host;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The backend on this machine's kernel, and what only a real kernel can show.
class BtrfsVolumesIT extends BtrfsVolumesContract {
  private static final Bytes BLOCK = new Bytes(4096);

  private final RealPlace real = new RealPlace();
  private final Path folder = real.folder();
  private final Host host = real.host();

  @Override
  Host host() {
    return host;
  }

  @Override
  String state() {
    return real.state();
  }

  @Override
  void play(Runnable story) {
    story.run();
  }

  @AfterEach
  void leaveNothing() {
    real.close();
  }

  /// Writes until the kernel refuses.
  ///
  /// @return how much was taken
  private static Bytes fill(String path, int blockBytes) {
    long written = 0;
    try (var file = new RandomAccessFile(path, "rw")) {
      while (true) {
        file.write(new byte[blockBytes]);
        written += blockBytes;
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("Disk quota exceeded");
    }
    return new Bytes(written);
  }

  @Test
  void a_file_can_have_exactly_as_much_as_the_volume() {
    var volumes = started();
    var volume = volume("a", SIZE);
    volumes.create(volume);
    var path = volumes.connect(volume.id()) + "/file";
    for (int blockBytes : new int[] {4096, 65536, 1 << 20}) {
      assertThat(fill(path, blockBytes)).isBetween(SIZE.minusAtMost(BLOCK), SIZE.plus(BLOCK));
      assertThat(used(volumes, volume)).isBetween(SIZE.minusAtMost(BLOCK), SIZE.plus(BLOCK));
      host.files().removeFile(path);
      assertThat(used(volumes, volume)).isEqualTo(Bytes.ZERO);
    }
  }

  @Test
  void many_small_files_stay_within_the_size_too() throws IOException {
    var volumes = started();
    var volume = volume("a", Bytes.mebi(8));
    volumes.create(volume);
    var inside = Path.of(volumes.connect(volume.id()));
    var fourKibi = new byte[4096];
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> {
          for (int i = 0; ; i++) Files.write(inside.resolve("f" + i), fourKibi);
        })
        .withMessageContaining("Disk quota exceeded");
    assertThat(used(volumes, volume)).isBetween(Bytes.mebi(7), Bytes.mebi(8).plus(BLOCK));
    Files.delete(inside.resolve("f0"));
  }

  @Test
  void who_waits_for_room_goes_on_when_the_volume_grows() throws IOException {
    var volumes = started();
    var volume = volume("a", SIZE);
    volumes.create(volume);
    try (var file = new RandomAccessFile(volumes.connect(volume.id()) + "/open", "rw")) {
      var mebi = new byte[1 << 20];
      for (int i = 0; i < 64; i++) file.write(mebi);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.write(mebi));
      volumes.expand(volume, LARGER);
      file.write(mebi);
    }
  }

  @Test
  void overwriting_in_a_volume_takes_no_more_of_it() throws IOException {
    var volumes = started();
    var volume = volume("a", SIZE);
    volumes.create(volume);
    try (var file = new RandomAccessFile(volumes.connect(volume.id()) + "/file", "rw")) {
      file.write(new byte[48 << 20]);
      file.getFD().sync();
      var before = used(volumes, volume);
      for (int i = 0; i < 12288; i += 2) {
        file.seek(i * 4096L);
        file.write(new byte[4096]);
      }
      file.getFD().sync();
      assertThat(used(volumes, volume)).isEqualTo(before);
    }
  }

  @Test
  void what_was_written_and_not_synced_is_in_a_snapshot() throws IOException {
    var volumes = started();
    var volume = volume("a", SIZE);
    volumes.create(volume);
    var path = Path.of(volumes.connect(volume.id()), "file");
    var content = "content ".repeat(100_000).getBytes(UTF_8);
    Files.write(path, content);
    volumes.cut(snapshot("s", volume), volume);
    Files.delete(path);
    volumes.restore(volume("b", SIZE), snapshot("s", volume));
    var restored = Path.of(volumes.connect(volume("b", SIZE).id()), "file");
    assertThat(Files.readAllBytes(restored)).isEqualTo(content);
  }

  @Test
  void links_of_a_user_lead_nobody_out_of_a_volume() throws IOException {
    var volumes = started();
    var volume = volume("a", SIZE);
    volumes.create(volume);
    var outside = Files.writeString(folder.resolve("outside"), "untouched");
    var inside = Path.of(volumes.connect(volume.id()));
    Files.createSymbolicLink(inside.resolve("link"), outside);
    Files.createSymbolicLink(inside.resolve("folder"), folder);
    volumes.cut(snapshot("s", volume), volume);
    volumes.copy(volume("b", SIZE), volume);
    volumes.delete(volume);
    volumes.delete(volume("b", SIZE));
    volumes.delete(snapshot("s", volume));
    assertThat(outside).hasContent("untouched");
  }

  /// The sum of what was promised is there, however it is used.
  @Test
  void a_pool_that_is_promised_in_full_can_be_filled() {
    var volumes = started();
    var half = volumes.available().count() / 2;
    var sizes = new Bytes(half - half % (1 << 20));
    var first = volume("a", sizes);
    var second = volume("b", sizes);
    volumes.create(first);
    volumes.create(second);
    assertThat(fill(volumes.connect(first.id()) + "/file", 1 << 20)).isEqualTo(sizes);
    fillWithSmallFiles(Path.of(volumes.connect(second.id())));
    assertThat(used(volumes, second))
        .isBetween(sizes.minusAtMost(Bytes.mebi(2)), sizes.plus(BLOCK));
  }

  private static void fillWithSmallFiles(Path inside) {
    var small = new byte[1000]; // these stand in the filesystem's own blocks
    try {
      for (int i = 0; ; i++) Files.write(inside.resolve("f" + i), small);
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("Disk quota exceeded"))
        throw new UncheckedIOException(full);
    }
  }
}
