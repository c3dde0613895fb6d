package io.drover.contracts.requirement;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a definition requires of a host beside room. The gateway computes it once, so that the
 * scheduler reads no definition. Immutable.
 *
 * @param arch the guest's architecture, x86_64 or i686; null for the host's
 * @param machine the machine type as the definition names it; null for the host's default
 * @param cpu what the host's CPU must be able to do
 * @param networks the names of the Drover networks that its interfaces join, each once
 * @param hostResources what it names of the host itself, each once, in the order of the definition
 * @param memoryOverheadMib the memory that QEMU takes beside the guest's, in MiB; 0 when an older
 *     gateway has left it out
 * @param isolatedCards whether it has network cards and no right to the host's network, so that the
 *     host has to isolate it; false when an older gateway has left it out
 */
public record Requirements(
    @Nullable String arch,
    @Nullable String machine,
    AcceleratorNeed accelerator,
    CpuRequirement cpu,
    List<String> networks,
    List<RequiredResource> hostResources,
    long memoryOverheadMib,
    boolean isolatedCards) {
  private static final Pattern OLDER_KVM = Pattern.compile("<domain\\s[^>]*\\btype=['\"]kvm['\"]");

  public Requirements {
    networks = List.copyOf(networks);
    hostResources = List.copyOf(hostResources);
  }

  /**
   * The requirements of a command of a gateway that did not compute them yet. The accelerator was
   * all that placement looked at then, and such a gateway wrote it in the root element.
   *
   * @param definition libvirt domain XML in its canonical form
   */
  public static Requirements ofOlder(String definition) {
    return new Requirements(
        null,
        null,
        OLDER_KVM.matcher(definition).find() ? AcceleratorNeed.KVM : AcceleratorNeed.ANY,
        CpuRequirement.NONE,
        List.of(),
        List.of(),
        0,
        false);
  }

  /** Which accelerator the guest must run on. */
  public enum AcceleratorNeed {
    KVM,
    ANY
  }

  /**
   * Something of the host that a definition names.
   *
   * @param kind pci, usb, scsi, scsi_host, mdev, bridge, netdev or vdpa
   * @param name as in {@code 0000:06:12.5} of pci, {@code 046d:c52b} of usb, {@code br0} of bridge
   */
  public record RequiredResource(String kind, String name) {}
}
