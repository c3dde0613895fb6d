package io.drover.definition.argv.host;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the host decides about one start of a domain.
 *
 * @param monitorSocket where QEMU listens for QMP; QEMU makes it
 * @param masterKeyFile the file that the domain's secrets are sealed with
 * @param channelFolder where the sockets of channels go that name no path; QEMU makes them
 * @param nvramFile the firmware's variables, when the definition names none
 * @param displaySocket where VNC listens when the definition names no port; null for TCP
 * @param displayPort the TCP port of the first display whose port is left open
 * @param taps the tap devices that were made, by the alias of their network card
 * @param memory where files are that are the guest's memory
 * @param bindings what the host has found or made for single devices
 * @param machineAcpi whether the emulator takes ACPI's switch with the machine; an older one takes
 *     {@code -no-acpi}
 * @param now the time of the start, for clocks that are set apart from it
 */
public record HostLayout(
    String monitorSocket,
    String masterKeyFile,
    String channelFolder,
    String nvramFile,
    @Nullable String displaySocket,
    int displayPort,
    Map<String, String> taps,
    MemoryFolders memory,
    HostBindings bindings,
    boolean machineAcpi,
    Instant now) {
  public HostLayout {
    taps = Map.copyOf(taps);
  }

  /** Placeholders, for a command line that nobody runs as it is. */
  public static HostLayout placeholders(String domainName) {
    String name = "-1-" + shortName(domainName);
    MemoryFolders memory =
        new MemoryFolders(
            "/var/lib/libvirt/qemu/ram/" + name,
            Map.of(
                2048L, "/dev/hugepages2M/libvirt/qemu/" + name,
                1_048_576L, "/dev/hugepages1G/libvirt/qemu/" + name),
            2048);
    return in(
        placeholderFolder(domainName),
        "/var/lib/libvirt/qemu/nvram/" + domainName + "_VARS.fd",
        memory);
  }

  /** The folder that a command line without a host names as the domain's own. */
  public static String placeholderFolder(String domainName) {
    return "/var/lib/libvirt/qemu/domain--1-" + shortName(domainName);
  }

  /** Everything of the domain in one folder; its memory's files may be elsewhere. */
  public static HostLayout in(String folder, String nvramFile, MemoryFolders memory) {
    return new HostLayout(
        folder + "/monitor.sock",
        folder + "/master-key.aes",
        folder + "/channel",
        nvramFile,
        null,
        5900,
        Map.of(),
        memory,
        HostBindings.placeholders(),
        false,
        Instant.EPOCH);
  }

  /** The domain's own folder, where helpers of its devices listen. */
  public String folder() {
    int end = masterKeyFile.lastIndexOf('/');
    return end < 0 ? "." : masterKeyFile.substring(0, end);
  }

  static String shortName(String name) {
    return name.length() > 20 ? name.substring(0, 20) : name;
  }
}
