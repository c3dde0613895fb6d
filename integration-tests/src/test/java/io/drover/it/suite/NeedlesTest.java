package io.drover.it.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedlesTest {
  @Test
  void findsAKeyThatIsThere(@TempDir Path folder) throws Exception {
    byte[] key = new byte[32];
    new java.util.Random(7).nextBytes(key);
    byte[] padded = new byte[10_000_000];
    System.arraycopy(key, 0, padded, 4 * 1024 * 1024 - 7, key.length);
    Files.write(folder.resolve("raw"), padded);
    Files.writeString(folder.resolve("log"), "key=" + Base64.getEncoder().encodeToString(key));
    Files.writeString(folder.resolve("clean"), "nothing");
    assertThat(new Needles(key).below(folder))
        .hasSize(2)
        .anyMatch(found -> found.endsWith("raw: raw"))
        .anyMatch(found -> found.endsWith("log: base64"));
  }
}
