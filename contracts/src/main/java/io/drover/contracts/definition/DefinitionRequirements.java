package io.drover.contracts.definition;

import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.requirement.CpuRequirement;
import io.drover.contracts.requirement.Requirements;
import io.drover.contracts.requirement.Requirements.AcceleratorNeed;
import io.drover.contracts.requirement.Requirements.RequiredResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes what a definition requires of a host, so that it can be placed without it. Pure. */
public final class DefinitionRequirements {
  private static final String KVM = "kvm";

  private DefinitionRequirements() {}

  /** The requirements of a definition. */
  public static Requirements of(DomainDefinition definition) {
    return new Requirements(
        definition.os().arch(),
        definition.os().machine(),
        Objects.equals(definition.type(), KVM) ? AcceleratorNeed.KVM : AcceleratorNeed.ANY,
        cpu(definition.cpu()),
        networks(definition),
        resources(definition),
        MemoryOverhead.mib(definition),
        isolatedCards(definition));
  }

  /** Hosts isolate each domain that a tenant may have; one without cards needs nothing for that. */
  private static boolean isolatedCards(DomainDefinition definition) {
    return !definition.devices(NetworkInterface.class).isEmpty()
        && TenantPolicy.check(definition).isEmpty();
  }

  private static CpuRequirement cpu(@Nullable CpuModel cpu) {
    return cpu == null
        ? CpuRequirement.NONE
        : new CpuRequirement(
            cpu.mode(),
            cpu.model(),
            cpu.vendor(),
            cpu.features().entrySet().stream()
                .filter(feature -> feature.getValue().equals("require"))
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
  }

  private static List<String> networks(DomainDefinition definition) {
    return definition.devices(NetworkInterface.class).stream()
        .flatMap(
            card ->
                card.source() instanceof NetworkSource.Network network
                    ? Stream.of(network.network())
                    : Stream.empty())
        .distinct()
        .toList();
  }

  private static List<RequiredResource> resources(DomainDefinition definition) {
    return definition.devices().stream()
        .flatMap(
            device -> {
              if (device instanceof HostDevice host) {
                return named(host.source()).stream();
              }
              return device instanceof NetworkInterface card
                  ? named(card.source()).stream()
                  : Stream.empty();
            })
        .distinct()
        .toList();
  }

  private static Optional<RequiredResource> named(NetworkSource source) {
    if (source instanceof NetworkSource.Bridge bridge) {
      return Optional.of(new RequiredResource("bridge", bridge.bridge()));
    }
    if (source instanceof NetworkSource.Direct direct) {
      return Optional.of(new RequiredResource("netdev", direct.device()));
    }
    if (source instanceof NetworkSource.Vdpa vdpa) {
      return Optional.of(new RequiredResource("vdpa", vdpa.device()));
    }
    return source instanceof NetworkSource.HostPci pci ? named(pci.device()) : Optional.empty();
  }

  /** Empty for iSCSI, which QEMU reaches by the network from every host. */
  private static Optional<RequiredResource> named(HostSource source) {
    if (source instanceof HostSource.Pci pci) {
      return Optional.of(new RequiredResource("pci", pci.address()));
    }
    if (source instanceof HostSource.Usb usb) {
      return Optional.of(new RequiredResource("usb", usb(usb)));
    }
    if (source instanceof HostSource.Scsi scsi) {
      return Optional.of(
          new RequiredResource(
              "scsi",
              "%s:%d:%d:%d".formatted(scsi.adapter(), scsi.bus(), scsi.target(), scsi.unit())));
    }
    if (source instanceof HostSource.ScsiHost target) {
      return Optional.of(new RequiredResource("scsi_host", target.wwpn()));
    }
    return source instanceof HostSource.Mediated part
        ? Optional.of(new RequiredResource("mdev", part.uuid().toString()))
        : Optional.empty();
  }

  /** By its maker's numbers as lsusb prints them; otherwise by where it is plugged in. */
  private static String usb(HostSource.Usb usb) {
    Integer vendor = usb.vendor();
    Integer product = usb.product();
    return vendor != null && product != null
        ? "%04x:%04x".formatted(vendor, product)
        : "bus %s device %s".formatted(usb.bus(), usb.device());
  }
}
