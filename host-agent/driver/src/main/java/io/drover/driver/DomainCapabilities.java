package io.drover.driver;

import io.drover.definition.cpu.CpuDescription;
import io.drover.driver.Emulator.Sev;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a domain of one type can have on one machine of one emulator, on this host.
 *
 * @param path of the emulator
 * @param domain qemu or kvm
 * @param machine its canonical name
 * @param arch libvirt's name, as in x86_64
 * @param maxVcpus how many virtual CPUs
 * @param iothreads whether there are I/O threads
 * @param memoryBacking what guest memory can be made of
 * @param devices by their element's name
 * @param features by their element's name, and whether they can be had
 * @param sev what encrypted memory costs; empty when there is none
 * @param hyperv the enlightenments for Windows guests; empty when there are none
 */
public record DomainCapabilities(
    String path,
    String domain,
    String machine,
    String arch,
    int maxVcpus,
    boolean iothreads,
    FirmwareOffer firmware,
    CpuOffer cpu,
    Offer memoryBacking,
    Map<String, Offer> devices,
    Map<String, Boolean> features,
    Optional<Sev> sev,
    List<String> hyperv) {
  public DomainCapabilities {
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    hyperv = List.copyOf(hyperv);
  }

  /**
   * Whether an element can be had, and which values its parts can have.
   *
   * @param values by libvirt's names of the enumerations; one without values offers nothing
   */
  public record Offer(boolean supported, Map<String, List<String>> values) {
    public Offer {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * The firmware that guests can start from.
   *
   * @param kinds bios, efi
   * @param loaders the images, the preferred first
   * @param secure whether one of them boots only what is signed
   */
  public record FirmwareOffer(List<String> kinds, List<String> loaders, boolean secure) {
    public FirmwareOffer {
      kinds = List.copyOf(kinds);
      loaders = List.copyOf(loaders);
    }
  }

  /**
   * The CPUs that guests can have.
   *
   * @param hostPassthrough whether a guest can get the host's own
   * @param maximum whether it can get the richest that the emulator has
   * @param migratable whether those two can leave out what keeps a guest from moving
   * @param hostModel what host-model stands for; empty when it cannot be had
   * @param models those of mode custom
   */
  public record CpuOffer(
      boolean hostPassthrough,
      boolean maximum,
      boolean migratable,
      Optional<CpuDescription> hostModel,
      List<NamedModel> models) {
    public CpuOffer {
      models = List.copyOf(models);
    }
  }

  /**
   * A model of mode custom.
   *
   * @param usable yes, no or unknown: whether a guest gets all that it promises
   * @param vendor Intel, AMD, Hygon or unknown
   * @param blockers the features that it would not get, by libvirt's names
   */
  public record NamedModel(
      String name, String usable, String vendor, boolean deprecated, List<String> blockers) {
    public NamedModel {
      blockers = List.copyOf(blockers);
    }
  }
}
