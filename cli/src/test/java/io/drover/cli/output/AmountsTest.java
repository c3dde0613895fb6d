package io.drover.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({"1048576, 1048576", "512M, 536870912", "1.5GiB, 1610612736", "2TB, 2199023255552"})
  void sizesAreReadInPowersOf1024(String text, long bytes) {
    assertThat(Amounts.parseSize(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1P", "M", "1e9", "9999999999999"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> Amounts.parseSize(text)).hasMessageContaining("not a size");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 0.4 ms",
    "9999, 10.0 ms",
    "37000, 37 ms",
    "2410000, 2.41 s",
    "185000000, 3 min 5 s"
  })
  void durationsHaveTheUnitThatSuits(long micros, String text) {
    assertThat(Amounts.duration(micros)).isEqualTo(text);
  }

  @Test
  void sizesAndAgesAreShort() {
    assertThat(Amounts.size(0)).isEqualTo("0 B");
    assertThat(Amounts.size(1536)).isEqualTo("1.5 KiB");
    assertThat(Amounts.age(Duration.ofSeconds(-1))).isEqualTo("0 s");
    assertThat(Amounts.age(Duration.ofHours(5))).isEqualTo("5 h");
  }
}
