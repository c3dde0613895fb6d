package io.drover.driver.internal.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of the test's own, with a certificate for the host and one for a viewer. */
final class DisplayCertificates {
  private static final char[] WORD = "test-certificates".toCharArray();
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private final Path folder;

  private DisplayCertificates(Path folder) {
    this.folder = folder;
  }

  /** Makes them in a folder that is there, in PEM as QEMU reads them. */
  static DisplayCertificates make(Path folder) throws IOException, GeneralSecurityException {
    DisplayCertificates made = new DisplayCertificates(folder);
    made.keytool("ca", "-genkeypair", "-dname", "CN=test authority", "-ext", "bc:c=ca:true");
    made.signed("server", "-ext", "san=ip:127.0.0.1", "-ext", "eku=serverAuth");
    made.signed("client", "-ext", "eku=clientAuth");
    made.write("ca-cert.pem", "CERTIFICATE", made.store("ca").getCertificate("ca").getEncoded());
    KeyStore server = made.store("server");
    made.write("server-cert.pem", "CERTIFICATE", server.getCertificate("server").getEncoded());
    made.write("server-key.pem", "PRIVATE KEY", server.getKey("server", WORD).getEncoded());
    return made;
  }

  private void signed(String name, String... extensions) throws IOException {
    keytool(name, "-genkeypair", "-dname", "CN=" + name);
    keytool(name, "-certreq", "-file", folder.resolve("request").toString());
    List<String> signing =
        new ArrayList<>(List.of("-rfc", "-ext", "ku=digitalSignature,keyEncipherment"));
    signing.addAll(List.of("-infile", folder.resolve("request").toString()));
    signing.addAll(List.of("-outfile", folder.resolve("signed").toString()));
    signing.addAll(Arrays.asList(extensions));
    keytool("ca", "-gencert", signing.toArray(String[]::new));
    keytool("ca", "-exportcert", "-rfc", "-file", folder.resolve("issuer").toString());
    Files.writeString(
        folder.resolve("chain"),
        Files.readString(folder.resolve("signed")) + Files.readString(folder.resolve("issuer")));
    keytool(name, "-importcert", "-noprompt", "-file", folder.resolve("chain").toString());
  }

  private void keytool(String name, String action, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(action, "-alias", name, "-storepass", new String(WORD)));
    command.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    if (action.equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048"));
    }
    command.addAll(Arrays.asList(options));
    ToolProcess.Result result = ToolProcess.run(command, new byte[0], DEADLINE);
    if (result.exitStatus() != 0) {
      throw new IllegalStateException(command + ": " + result.output());
    }
  }

  private KeyStore store(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(file, WORD);
    }
    return store;
  }

  private void write(String file, String what, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  /** A viewer that takes the authority's word for the host, and shows a certificate or none. */
  SSLContext viewer(boolean withCertificate) throws IOException, GeneralSecurityException {
    Certificate authority = store("ca").getCertificate("ca");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", authority);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store("client"), WORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(withCertificate ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
    return context;
  }
}
