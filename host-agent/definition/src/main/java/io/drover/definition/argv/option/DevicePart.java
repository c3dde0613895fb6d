package io.drover.definition.argv.option;

import io.drover.contracts.definition.QemuExtras.DeviceOverride;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One device of a domain with all that stands behind it, as a value: what it needs comes before it.
 * A command line prints the options as they are; a QEMU that runs gets them as commands.
 *
 * @param options in the order in which QEMU has to get them
 */
public record DevicePart(List<QemuOption> options) {
  public static final DevicePart NONE = new DevicePart(List.of());

  public DevicePart {
    options = List.copyOf(options);
  }

  public static DevicePart of(QemuOption... options) {
    return new DevicePart(List.of(options));
  }

  /** The secrets, certificates, memory and helpers that the other options refer to. */
  public List<JsonOption> objects() {
    return json(JsonOption.Kind.OBJECT);
  }

  /** The block nodes, each after those that it uses. */
  public List<JsonOption> blockdevs() {
    return json(JsonOption.Kind.BLOCKDEV);
  }

  public List<JsonOption> netdevs() {
    return json(JsonOption.Kind.NETDEV);
  }

  public List<Chardev> chardevs() {
    return options.stream().filter(Chardev.class::isInstance).map(Chardev.class::cast).toList();
  }

  /** What the guest sees: one device but for those that bring others, such as a sound's codecs. */
  public List<JsonOption> devices() {
    return json(JsonOption.Kind.DEVICE);
  }

  private List<JsonOption> json(JsonOption.Kind kind) {
    return options.stream()
        .filter(JsonOption.class::isInstance)
        .map(JsonOption.class::cast)
        .filter(option -> option.kind() == kind)
        .toList();
  }

  /** The part with what the definition's overrides make of its devices. */
  public DevicePart overridden(List<DeviceOverride> overrides) {
    if (overrides.isEmpty()) {
      return this;
    }
    return new DevicePart(
        options.stream()
            .<QemuOption>map(
                option -> option instanceof JsonOption json ? json.overridden(overrides) : option)
            .toList());
  }

  /**
   * The commands that add the part to a QEMU that runs, in their order.
   *
   * @throws ProblemException {@code INVALID_STATE} when QEMU takes an option of it at its start
   *     only
   */
  public List<PlugCommand> plug() {
    return options.stream()
        .map(option -> option.add().orElseThrow(() -> onlyAtStart(option)))
        .toList();
  }

  /**
   * The commands that remove the part, in their order. After a {@code device_del} the rest has to
   * wait for {@code DEVICE_DELETED}: until then the guest uses it.
   *
   * @throws ProblemException {@code INVALID_STATE} when QEMU cannot remove an option of it
   */
  public List<PlugCommand> unplug() {
    List<PlugCommand> commands = new ArrayList<>();
    for (QemuOption option : options) {
      commands.add(option.remove().orElseThrow(() -> onlyAtStart(option)));
    }
    Collections.reverse(commands);
    return List.copyOf(commands);
  }

  private static ProblemException onlyAtStart(QemuOption option) {
    return new ProblemException(
        ErrorCode.INVALID_STATE,
        "QEMU takes '"
            + option.word()
            + " "
            + option.value()
            + "' when it starts, not while it runs; change the definition and start the domain"
            + " again.");
  }
}
