package io.drover.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.command.ImageSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.ImageId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheIT {
  @TempDir Path folder;
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));

  @Test
  void fetchesAnImageOnceAndKeepsItByItsHash() throws Exception {
    ImageCache cache = cache(1000);
    byte[] content = bytes('a', 100);
    assertThat(use(cache, content)).isEqualTo(content);
    assertThat(use(cache(1000), content)).isEqualTo(content);
    assertThat(fetches.get()).isEqualTo(1);
  }

  @Test
  void twoVolumesThatWantTheSameImageFetchItOnce() throws Exception {
    ImageCache cache = cache(1000);
    byte[] content = bytes('a', 100);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Future<byte[]> one = pool.submit(() -> use(cache, content));
    Future<byte[]> two = pool.submit(() -> use(cache, content));
    assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(two.get(10, TimeUnit.SECONDS));
    pool.shutdown();
    assertThat(fetches.get()).isEqualTo(1);
  }

  @Test
  void refusesOtherContentAndLeavesNothing() throws Exception {
    ImageCache cache = cache(1000);
    ImageSource wanted = image(bytes('a', 100));
    for (byte[] other : new byte[][] {bytes('b', 100), bytes('a', 99), bytes('a', 101)}) {
      assertThatThrownBy(
              () -> cache.with(wanted, image -> new ByteArrayInputStream(other), file -> file))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void theLeastRecentlyUsedImageMakesRoom() throws Exception {
    ImageCache cache = cache(250);
    use(cache, bytes('a', 100));
    later();
    use(cache, bytes('b', 100));
    later();
    use(cache, bytes('a', 100));
    later();
    use(cache, bytes('c', 100));
    use(cache, bytes('a', 100));
    assertThat(fetches.get()).isEqualTo(3);
    use(cache, bytes('b', 100));
    assertThat(fetches.get()).isEqualTo(4);
  }

  @Test
  void anImageLargerThanTheCacheIsRefusedWithTheLimit() {
    assertThatThrownBy(() -> use(cache(50), bytes('a', 100)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("50 bytes");
  }

  @Test
  void aHashThatIsAPathIsRefused() {
    ImageSource hostile =
        new ImageSource(new ImageId(UUID.randomUUID()), "raw", 1, "../../etc/passwd");
    assertThatThrownBy(() -> cache(10).with(hostile, image -> null, file -> file))
        .isInstanceOf(ProblemException.class);
  }

  private ImageCache cache(long limit) {
    return new ImageCache(folder, limit, now::get);
  }

  private void later() {
    now.updateAndGet(instant -> instant.plusSeconds(60));
  }

  private byte[] use(ImageCache cache, byte[] content) throws Exception {
    return cache.with(
        image(content),
        image -> {
          fetches.incrementAndGet();
          return new ByteArrayInputStream(content);
        },
        ImageCacheIT::read);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ImageSource image(byte[] content) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
    return new ImageSource(
        new ImageId(UUID.randomUUID()), "raw", content.length, HexFormat.of().formatHex(hash));
  }

  private static byte[] bytes(char fill, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, Character.toString(fill).getBytes(StandardCharsets.US_ASCII)[0]);
    return bytes;
  }
}
