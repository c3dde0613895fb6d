package io.drover.driver.internal.settings;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.DisplaySecurity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the host decides about displays: addresses, passwords where a definition gives none, TLS and
 * logins. Nothing of it is a tenant's to choose.
 *
 * @param security what stands on command lines
 * @param automatic where displays listen that leave it to the host
 * @param spiceTls whether SPICE may have a TLS port
 * @param listen the address by type of display; QEMU's is 127.0.0.1
 * @param password by type of display
 * @param saslFolder by type of display, where it asks for logins
 */
public record DisplaySettings(
    DisplaySecurity security,
    AutomaticDisplays automatic,
    boolean spiceTls,
    Map<String, String> listen,
    Map<String, Graphics.Password> password,
    Map<String, String> saslFolder) {
  private static final String VNC = "vnc";
  private static final String SPICE = "spice";

  private static final Set<String> KEYS =
      Set.of(
          "default_tls_x509_cert_dir",
          "default_tls_x509_verify",
          "default_tls_x509_secret_uuid",
          "vnc_listen",
          "vnc_tls",
          "vnc_tls_x509_cert_dir",
          "vnc_tls_x509_verify",
          "vnc_tls_x509_secret_uuid",
          "vnc_password",
          "vnc_sasl",
          "vnc_sasl_dir",
          "spice_listen",
          "spice_tls",
          "spice_tls_x509_cert_dir",
          "spice_password",
          "spice_sasl",
          "spice_sasl_dir");

  public DisplaySettings {
    listen = Map.copyOf(listen);
    password = Map.copyOf(password);
    saslFolder = Map.copyOf(saslFolder);
  }

  /**
   * Reads the settings.
   *
   * @param file {@code qemu.conf}; need not exist
   * @param certificates the folder of certificates where the settings name none
   * @throws ProblemException {@code INVALID_REQUEST} for an unknown key, a wrong value or a folder
   *     that is not there
   */
  public static DisplaySettings read(Path file, Path certificates) {
    Set<String> known = new HashSet<>(KEYS);
    known.addAll(AutomaticDisplays.KEYS);
    QemuConf conf = QemuConf.read(file, known);
    String folder = conf.folder("default_tls_x509_cert_dir").orElse(certificates.toString());
    boolean verify = conf.flag("default_tls_x509_verify", true);
    boolean vncTls = conf.flag("vnc_tls", false);
    boolean spiceTls = conf.flag("spice_tls", false);
    DisplaySecurity security =
        new DisplaySecurity(
            vncTls ? usable(conf, conf.folder("vnc_tls_x509_cert_dir").orElse(folder)) : null,
            conf.flag("vnc_tls_x509_verify", verify),
            secret(conf),
            conf.flag("vnc_sasl", false),
            spiceTls ? usable(conf, conf.folder("spice_tls_x509_cert_dir").orElse(folder)) : null,
            conf.flag("spice_sasl", false));
    Map<String, String> listen = new HashMap<>();
    Map<String, Graphics.Password> passwords = new HashMap<>();
    Map<String, String> logins = new HashMap<>();
    for (String type : List.of(VNC, SPICE)) {
      conf.text(type + "_listen").ifPresent(address -> listen.put(type, address));
      conf.text(type + "_password")
          .ifPresent(word -> passwords.put(type, password(conf, type, word)));
      conf.folder(type + "_sasl_dir").ifPresent(path -> logins.put(type, path));
    }
    return new DisplaySettings(
        security, AutomaticDisplays.read(conf), spiceTls, listen, passwords, logins);
  }

  private static Graphics.Password password(QemuConf conf, String type, String word) {
    if (type.equals(VNC) && word.length() > Graphics.Password.MAX_VNC) {
      throw conf.refused("vnc_password is longer than 8 characters; VNC knows no more");
    }
    return new Graphics.Password(word, null, null);
  }

  /** Better now than at each start. */
  private static String usable(QemuConf conf, String folder) {
    if (!Files.exists(Path.of(folder, "server-cert.pem"))) {
      throw conf.refused("TLS is on and " + folder + " has no server-cert.pem");
    }
    return folder;
  }

  private static @org.jspecify.annotations.Nullable SecretReference secret(QemuConf conf) {
    Optional<String> id =
        conf.text("vnc_tls_x509_secret_uuid").or(() -> conf.text("default_tls_x509_secret_uuid"));
    try {
      return id.map(UUID::fromString).map(uuid -> new SecretReference(uuid, null)).orElse(null);
    } catch (IllegalArgumentException e) {
      throw conf.refused("'" + id.orElse("") + "' is no UUID of a secret");
    }
  }

  /** The secret that the key of VNC's certificate is encrypted with, where the domain needs it. */
  public Optional<SecretReference> secretOf(DomainDefinition definition) {
    boolean shown =
        definition.devices(Graphics.class).stream().anyMatch(each -> each.type().equals(VNC));
    return shown && security.vncTls() != null
        ? Optional.ofNullable(security.vncSecret())
        : Optional.empty();
  }

  /**
   * The definition with what it leaves to the host.
   *
   * @throws ProblemException {@code INVALID_DEFINITION} for a TLS port where TLS is off
   */
  public DomainDefinition complete(DomainDefinition definition) {
    return definition.withEach(Graphics.class, this::complete);
  }

  private Graphics complete(Graphics graphics) {
    boolean picked = Boolean.TRUE.equals(graphics.autoport()); // then its ports say nothing
    if (graphics.tlsPort() != null && !spiceTls && !picked) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "/domain/devices/graphics/@tlsPort: TLS for SPICE is off on this host; set spice_tls = 1"
              + " in its settings or remove 'tlsPort'.");
    }
    String address = listen.get(graphics.type());
    Graphics shown =
        address != null && graphics.listens().isEmpty() && graphics.socket() == null
            ? graphics.withListens(List.of(new Graphics.Listen("address", address, null, null)))
            : graphics;
    Graphics.Password word = password.get(graphics.type());
    return word == null || shown.password() != null ? shown : shown.withPassword(word);
  }

  /** Variables that QEMU finds the configuration of logins by. */
  public Map<String, String> environmentOf(DomainDefinition definition) {
    for (Graphics graphics : definition.devices(Graphics.class)) {
      boolean asks = graphics.type().equals(VNC) ? security.vncSasl() : security.spiceSasl();
      String folder = saslFolder.get(graphics.type());
      if (asks && folder != null) {
        return Map.of("SASL_CONF_PATH", folder);
      }
    }
    return Map.of();
  }
}
