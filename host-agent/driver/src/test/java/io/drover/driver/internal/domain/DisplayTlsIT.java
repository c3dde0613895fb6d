package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Graphics;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Viewers that come over TCP are encrypted where the host's settings say so. */
@Timeout(120)
class DisplayTlsIT {
  private static final String HERE = "127.0.0.1";
  private static final int FIRST_PORT = 24_200;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final byte VENCRYPT = 19;
  private static final int X509_NONE = 260;

  @TempDir static Path folder;
  private static DisplayCertificates certificates;
  private LocalDriver driver;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = DisplayCertificates.make(Files.createDirectories(folder.resolve("pki")));
  }

  private Graphics start(String settings, String graphics) throws IOException {
    DriverLayout layout = DriverLayout.under(folder.resolve("r"));
    Files.createDirectories(layout.settings().getParent());
    Files.writeString(
        layout.settings(),
        """
        default_tls_x509_cert_dir = "%s"
        vnc_auto_unix_socket = 0
        spice_auto_unix_socket = 0
        remote_display_port_min = %d
        remote_display_port_max = %d
        %s
        """
            .formatted(folder.resolve("pki"), FIRST_PORT, FIRST_PORT + 9, settings));
    driver = TestDriver.open(layout, DriverOptions.defaults());
    Domain domain =
        driver.start(
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
    return DomainXml.read(domain.definitionXml()).devices(Graphics.class).get(0);
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(HERE, port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Goes through VeNCrypt up to the server's word on the login, and closes. */
  private static boolean vncLetsIn(int port, SSLContext viewer) throws IOException {
    try (Socket plain = connect(port)) {
      DataInputStream said = new DataInputStream(plain.getInputStream());
      DataOutputStream answer = new DataOutputStream(plain.getOutputStream());
      answer.write(said.readNBytes(12)); // the version
      assertThat(said.readNBytes(said.readUnsignedByte())).containsExactly(VENCRYPT);
      answer.write(VENCRYPT);
      answer.write(said.readNBytes(2)); // of VeNCrypt
      assertThat(said.readUnsignedByte()).isZero();
      assertThat(said.readUnsignedByte()).isEqualTo(1);
      assertThat(said.readInt()).isEqualTo(X509_NONE);
      answer.writeInt(X509_NONE);
      assertThat(said.readUnsignedByte()).isEqualTo(1);
      SSLSocket secured = secured(viewer, plain);
      return new DataInputStream(secured.getInputStream()).readInt() == 0;
    }
  }

  private static SSLSocket secured(SSLContext viewer, Socket plain) throws IOException {
    SSLSocket secured =
        (SSLSocket) viewer.getSocketFactory().createSocket(plain, HERE, plain.getPort(), true);
    var checked = secured.getSSLParameters();
    checked.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is this host's
    secured.setSSLParameters(checked);
    secured.startHandshake();
    return secured;
  }

  @Test
  void vncIsEncryptedForAViewerThatTrustsTheAuthority() throws Exception {
    Graphics shown = start("vnc_tls = 1\nvnc_tls_x509_verify = 0", "<graphics type='vnc'/>");
    assertThat(vncLetsIn(shown.port(), certificates.viewer(false))).isTrue();
    SSLContext stranger = SSLContext.getDefault();
    assertThatThrownBy(() -> vncLetsIn(shown.port(), stranger)).isInstanceOf(SSLException.class);
  }

  @Test
  void vncTurnsAwayAViewerWithoutACertificateWhereViewersAreVerified() throws Exception {
    Graphics shown = start("vnc_tls = 1", "<graphics type='vnc'/>");
    assertThat(vncLetsIn(shown.port(), certificates.viewer(true))).isTrue();
    SSLContext nameless = certificates.viewer(false);
    assertThatThrownBy(() -> vncLetsIn(shown.port(), nameless)).isInstanceOf(IOException.class);
  }

  @Test
  void spiceIsEncryptedOnItsTlsPortAndAsksForThePassword() throws Exception {
    Graphics shown =
        start("spice_tls = 1", "<graphics type='spice' passwd='sesame47' autoport='yes'/>");
    assertThat(spiceLetsInBy(shown.tlsPort(), "sesame47")).isTrue();
    assertThat(spiceLetsInBy(shown.tlsPort(), "sesame48")).isFalse();
    try (Socket plain = connect(shown.tlsPort())) {
      assertThatThrownBy(() -> SpiceViewer.letsIn(plain, "sesame47"))
          .isInstanceOf(IOException.class);
    }
  }

  private static boolean spiceLetsInBy(int port, String password) throws Exception {
    try (Socket secured = secured(certificates.viewer(false), connect(port))) {
      return SpiceViewer.letsIn(secured, password);
    }
  }

  @Test
  void spiceLetsInWhoKnowsThePassword() throws Exception {
    Graphics shown = start("", "<graphics type='spice' passwd='sesame47' autoport='yes'/>");
    for (String word : new String[] {"sesame47", "sesame48", ""}) {
      try (Socket viewer = connect(shown.port())) {
        assertThat(SpiceViewer.letsIn(viewer, word)).isEqualTo(word.equals("sesame47"));
      }
    }
  }
}
