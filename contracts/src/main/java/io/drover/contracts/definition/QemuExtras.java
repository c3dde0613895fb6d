package io.drover.contracts.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drover.contracts.definition.common.Defaults;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says to QEMU itself, past all that the definition models: the elements of
 * libvirt's namespace {@value #NAMESPACE}. They may name anything of the host, so they are an
 * operator's alone.
 *
 * @param arguments words of the command line, put just before {@code -sandbox}
 * @param environment variables of the process, in their order; an empty value is set as such
 * @param addedCapabilities names of QEMU capabilities that are taken to be there
 * @param removedCapabilities names of QEMU capabilities that are not to be used
 * @param deprecation what QEMU does with deprecated commands: none, omit, reject or crash; null as
 *     none
 * @param overrides properties of devices, replaced or taken away
 */
public record QemuExtras(
    List<String> arguments,
    @JsonInclude(content = JsonInclude.Include.ALWAYS) Map<String, String> environment,
    List<String> addedCapabilities,
    List<String> removedCapabilities,
    @Nullable String deprecation,
    List<DeviceOverride> overrides) {
  /** The namespace, usually bound to the prefix {@code qemu}. */
  public static final String NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";

  public static final QemuExtras NONE =
      new QemuExtras(List.of(), Map.of(), List.of(), List.of(), null, List.of());

  public QemuExtras {
    arguments = Defaults.list(arguments);
    environment = Defaults.map(environment);
    addedCapabilities = Defaults.list(addedCapabilities);
    removedCapabilities = Defaults.list(removedCapabilities);
    overrides = Defaults.list(overrides);
  }

  /**
   * The properties to change of one device.
   *
   * @param alias the device's alias, a user's own or a generated one
   */
  public record DeviceOverride(String alias, List<Property> properties) {
    public DeviceOverride {
      properties = Defaults.list(properties);
    }
  }

  /**
   * One property of QEMU's device.
   *
   * @param type string, signed, unsigned, bool, or remove
   * @param value as it stands in the definition, checked for its type; empty for remove
   */
  public record Property(
      String name, String type, @JsonInclude(JsonInclude.Include.ALWAYS) String value) {
    /** The value in its own type; for all types but remove. */
    public Object typed() {
      return switch (type) {
        case "signed" -> Long.valueOf(value);
        case "unsigned" -> new BigInteger(value);
        case "bool" -> Boolean.valueOf(value);
        default -> value;
      };
    }
  }

  public boolean absent() {
    return equals(NONE);
  }
}
