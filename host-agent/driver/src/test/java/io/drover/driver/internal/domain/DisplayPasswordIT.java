package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who knows a display's password gets in, and nobody can read it on the host. */
class DisplayPasswordIT {
  private static final byte VNC_AUTHENTICATION = 2;

  @TempDir static Path folder;
  private LocalDriver driver;

  @BeforeEach
  void open() {
    driver = TestDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults());
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private Domain start(String graphics) {
    return driver.start(
        """
        <domain type='qemu'>
          <name>shown</name>
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>%s</devices>
        </domain>
        """
            .formatted(graphics),
        StartOptions.plain().withPaused(true));
  }

  /** Logs in as RFC 6143 says; true when the display lets us in. */
  private boolean letsIn(String password) throws Exception {
    Path socket;
    try (Stream<Path> files = Files.walk(driver.layout().state())) {
      socket = files.filter(file -> file.endsWith("vnc")).findFirst().orElseThrow();
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      byte[] version = read(channel, 12);
      channel.write(ByteBuffer.wrap(version));
      byte[] kinds = read(channel, read(channel, 1)[0]);
      assertThat(kinds).containsExactly(VNC_AUTHENTICATION);
      channel.write(ByteBuffer.wrap(new byte[] {VNC_AUTHENTICATION}));
      Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
      des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keyOf(password), "DES"));
      channel.write(ByteBuffer.wrap(des.doFinal(read(channel, 16))));
      return ByteBuffer.wrap(read(channel, 4)).getInt() == 0;
    }
  }

  /** VNC takes the bits of each byte in the other order. */
  private static byte[] keyOf(String password) {
    byte[] key = Arrays.copyOf(password.getBytes(StandardCharsets.US_ASCII), 8);
    for (int at = 0; at < key.length; at++) {
      key[at] = (byte) (Integer.reverse(key[at]) >>> 24);
    }
    return key;
  }

  private static byte[] read(SocketChannel channel, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Until all is there.
    }
    return buffer.array();
  }

  @Test
  void onlyThePasswordLetsAViewerInAndItStandsNowhere() throws Exception {
    Domain domain = start("<graphics type='vnc' passwd='sesame47' connected='keep'/>");

    assertThat(letsIn("sesame47")).isTrue();
    assertThat(letsIn("sesame48")).isFalse();
    assertThat(domain.definitionXml()).doesNotContain("sesame").contains("<graphics type='vnc'");
    assertThat(Files.readString(Path.of("/proc/" + domain.pid() + "/cmdline")))
        .contains("password=on")
        .doesNotContain("sesame");
    assertThat(Files.readString(Path.of("/proc/" + domain.pid() + "/environ")))
        .doesNotContain("sesame");
    assertThat(filesThatContain("sesame47")).isEmpty();
  }

  private static List<Path> filesThatContain(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> read(file).contains(text)).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aPasswordThatHasEndedLetsNobodyIn() throws Exception {
    start("<graphics type='vnc' passwd='sesame47' passwdValidTo='2020-01-31T00:00:00'/>");
    assertThat(letsIn("sesame47")).isFalse();
  }

  @Test
  void aPasswordThatEndsLaterLetsAViewerInUntilThen() throws Exception {
    start("<graphics type='vnc' passwd='sesame47' passwdValidTo='2100-01-31T00:00:00'/>");
    assertThat(letsIn("sesame47")).isTrue();
  }

  @Test
  void theHostsSettingsGiveAPasswordAnAddressAndRefuseTlsThatIsOff() throws Exception {
    driver.close();
    Path settings = driver.layout().settings();
    Files.writeString(settings, "# displays\nvnc_password = \"hosts-pw\"\nvnc_listen = \"::1\"\n");
    try {
      open();
      start("<graphics type='vnc'/>");
      assertThat(letsIn("hosts-pw")).isTrue();
      driver.domains().forEach(Domain::destroy); // the next one has its name
      assertThatThrownBy(() -> start("<graphics type='spice' tlsPort='5999'/>"))
          .hasMessageContaining("spice_tls = 1");
    } finally {
      Files.delete(settings);
    }
  }
}
