package io.drover.contracts.definition.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <tpm>}. */
final class TpmXml {
  private static final List<String> BANKS = List.of("sha1", "sha256", "sha384", "sha512");

  private TpmXml() {}

  static Tpm read(XmlElement element) {
    String model = element.values().word("model", "tpm-tis", "tpm-crb");
    List<XmlElement> backends = element.children("backend");
    if (backends.size() != 1) {
      element.invalid("<tpm> needs exactly one <backend>.");
    }
    Tpm.Backend backend =
        backends.isEmpty()
            ? new Tpm.EmulatedTpm(null, null, null, null, List.of())
            : backend(backends.get(0));
    backends.stream().skip(1).forEach(XmlElement::readWhole);
    return new Tpm(DeviceInfoXml.read(element), model, backend);
  }

  private static Tpm.Backend backend(XmlElement backend) {
    XmlValues values = backend.values();
    String type = values.word("type", "passthrough", "emulator", "external");
    if (type == null) {
      if (values.text("type") == null) {
        backend.invalid("The <backend> of a <tpm> needs 'type', as in type='emulator'.");
      }
      backend.readWhole();
      type = "emulator";
    }
    return switch (type) {
      case "passthrough" -> {
        XmlElement device = backend.child("device");
        String path = device == null ? null : device.values().text("path");
        yield new Tpm.Passthrough(path == null ? "/dev/tpm0" : path);
      }
      case "external" -> external(backend);
      default -> emulator(backend);
    };
  }

  private static Tpm.Backend external(XmlElement backend) {
    XmlElement source = backend.child("source");
    if (source == null) {
      backend.invalid("An external TPM needs <source type='unix' mode='connect' path='...'/>.");
      return new Tpm.External(new CharacterSource.Unix("", "connect", null));
    }
    source.values().wordOr("type", "unix", "unix");
    String mode = source.values().wordOr("mode", "connect", "bind", "connect");
    if (!mode.equals("connect")) {
      source.invalid("mode", "QEMU connects to an external TPM; only mode='connect' is supported.");
    }
    return new Tpm.External(
        new CharacterSource.Unix(source.values().required("path"), "connect", null));
  }

  private static Tpm.Backend emulator(XmlElement backend) {
    XmlValues values = backend.values();
    XmlElement encryption = backend.child("encryption");
    UUID secret = encryption == null ? null : encryption.values().uuid("secret");
    if (encryption != null && encryption.values().text("secret") == null) {
      encryption.invalid("The <encryption> of a TPM needs 'secret', the id of a secret.");
    }
    XmlElement banks = backend.child("active_pcr_banks");
    List<String> active = new ArrayList<>();
    if (banks != null) {
      BANKS.stream().filter(banks::has).forEach(active::add);
    }
    String version = values.word("version", "1.2", "2.0");
    if (!active.isEmpty() && "1.2".equals(version)) {
      backend.invalid("<active_pcr_banks> is for TPM 2.0 only.");
    }
    return new Tpm.EmulatedTpm(
        version,
        secret == null ? null : new SecretReference(secret, null),
        values.yesNo("persistent_state"),
        values.integer("debug", 1, 20),
        active);
  }

  static void write(Tpm tpm, XmlWriter out) {
    out.open("tpm").attribute("model", tpm.model());
    out.open("backend");
    if (tpm.backend() instanceof Tpm.Passthrough host) {
      out.attribute("type", "passthrough");
      out.open("device").attribute("path", host.device()).close();
    } else if (tpm.backend() instanceof Tpm.External external) {
      out.attribute("type", "external");
      String path = external.source() instanceof CharacterSource.Unix unix ? unix.path() : null;
      out.open("source")
          .attribute("type", "unix")
          .attribute("mode", "connect")
          .attribute("path", path)
          .close();
    } else if (tpm.backend() instanceof Tpm.EmulatedTpm emulator) {
      write(emulator, out);
    }
    out.close();
    DeviceInfoXml.write(tpm.info(), out);
    out.close();
  }

  private static void write(Tpm.EmulatedTpm emulator, XmlWriter out) {
    out.attribute("type", "emulator")
        .attribute("version", emulator.version())
        .yesNo("persistent_state", emulator.persistent())
        .attribute("debug", emulator.debug());
    @Nullable SecretReference secret = emulator.encryption();
    if (secret != null) {
      out.open("encryption").attribute("secret", secret.uuid()).close();
    }
    if (!emulator.activeBanks().isEmpty()) {
      out.open("active_pcr_banks");
      emulator.activeBanks().forEach(bank -> out.open(bank).close());
      out.close();
    }
  }
}
