package io.drover.definition.argv.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the host has found or made for single devices.
 *
 * @param byAlias by the alias of a device: the control socket of an emulated TPM, the cancel file
 *     of a TPM that is passed through, the file of a USB or SCSI device, the number of a vsock, the
 *     socket of a GPU process, of passt or of the helper for reservations
 * @param security how displays are protected
 * @param renderNode the GPU of displays that use OpenGL and name none
 * @param exported whether nobody runs the command line as it is: descriptors that libvirt would
 *     pass are shown as it shows them
 * @param byHand whether a person runs it: what a person can see to is told, not refused
 */
public record HostBindings(
    Map<String, String> byAlias,
    DisplaySecurity security,
    @Nullable String renderNode,
    boolean exported,
    boolean byHand) {
  public HostBindings {
    byAlias = Map.copyOf(byAlias);
  }

  /** For a command line that a driver runs, or nobody. */
  public HostBindings(
      Map<String, String> byAlias,
      DisplaySecurity security,
      @Nullable String renderNode,
      boolean exported) {
    this(byAlias, security, renderNode, exported, false);
  }

  /** A host that has found nothing. */
  public static HostBindings none() {
    return new HostBindings(Map.of(), DisplaySecurity.NONE, null, false);
  }

  /**
   * A host that runs a domain.
   *
   * @param found or made for devices, by their aliases
   */
  public static HostBindings of(Map<String, String> found, DisplaySecurity security) {
    return new HostBindings(found, security, null, false);
  }

  /** For a command line that nobody runs as it is. */
  public static HostBindings placeholders() {
    return new HostBindings(Map.of(), DisplaySecurity.NONE, "/dev/dri/renderD128", true);
  }

  /** The folder of the certificates that disks over NBD show and trust. */
  public String nbdTls() {
    return "/etc/pki/libvirt-nbd";
  }

  /** The folder of the certificates that character devices over TCP show and trust. */
  public String characterTls() {
    return "/etc/pki/libvirt-chardev";
  }

  /** Whether something was found for the device. */
  public boolean has(@Nullable String alias) {
    return alias != null && byAlias.containsKey(alias);
  }

  /** What was found for the device, or the placeholder. */
  public String of(String alias, String placeholder) {
    return byAlias.getOrDefault(alias, placeholder);
  }
}
