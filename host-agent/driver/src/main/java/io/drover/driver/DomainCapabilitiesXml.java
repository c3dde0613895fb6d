package io.drover.driver;

import io.drover.contracts.definition.xml.XmlWriter;
import io.drover.definition.cpu.CpuDescription;
import io.drover.driver.DomainCapabilities.CpuOffer;
import io.drover.driver.DomainCapabilities.FirmwareOffer;
import io.drover.driver.DomainCapabilities.NamedModel;
import io.drover.driver.DomainCapabilities.Offer;
import io.drover.driver.Emulator.Sev;
import java.util.List;

/** Writes libvirt's domain capabilities document. */
public final class DomainCapabilitiesXml {
  private final XmlWriter xml = new XmlWriter();

  private DomainCapabilitiesXml() {}

  /** The document. */
  public static String write(DomainCapabilities capabilities) {
    DomainCapabilitiesXml document = new DomainCapabilitiesXml();
    document.all(capabilities);
    return document.xml.toString();
  }

  private void all(DomainCapabilities caps) {
    xml.open("domainCapabilities");
    xml.element("path", caps.path());
    xml.element("domain", caps.domain());
    xml.element("machine", caps.machine());
    xml.element("arch", caps.arch());
    xml.open("vcpu").attribute("max", caps.maxVcpus()).close();
    supported("iothreads", caps.iothreads()).close();
    firmware(caps.firmware());
    cpu(caps.cpu());
    offer("memoryBacking", caps.memoryBacking());
    xml.open("devices");
    caps.devices().forEach(this::offer);
    xml.close();
    features(caps);
    xml.close();
  }

  private void firmware(FirmwareOffer firmware) {
    supported("os", true);
    values("firmware", firmware.kinds());
    supported("loader", true);
    firmware.loaders().forEach(path -> xml.element("value", path));
    values("type", List.of("rom", "pflash"));
    values("readonly", List.of("yes", "no"));
    values("secure", firmware.secure() ? List.of("yes", "no") : List.of("no"));
    xml.close().close();
  }

  private void cpu(CpuOffer cpu) {
    xml.open("cpu");
    mode("host-passthrough", cpu.hostPassthrough(), "hostPassthroughMigratable", cpu.migratable());
    mode("maximum", cpu.maximum(), "maximumMigratable", cpu.migratable());
    xml.open("mode").attribute("name", "host-model");
    xml.yesNo("supported", cpu.hostModel().isPresent());
    cpu.hostModel().ifPresent(this::hostModel);
    xml.close();
    xml.open("mode").attribute("name", "custom").yesNo("supported", !cpu.models().isEmpty());
    cpu.models().forEach(this::named);
    xml.close().close();
  }

  private void mode(String name, boolean supported, String enumeration, boolean migratable) {
    xml.open("mode").attribute("name", name).yesNo("supported", supported);
    if (supported && migratable) {
      values(enumeration, List.of("on", "off"));
    }
    xml.close();
  }

  private void hostModel(CpuDescription cpu) {
    xml.open("model").attribute("fallback", "forbid").closeWith(cpu.model());
    xml.element("vendor", cpu.vendor().isEmpty() ? null : cpu.vendor());
    cpu.require().forEach(name -> feature("require", name));
    cpu.disable().forEach(name -> feature("disable", name));
  }

  private void feature(String policy, String name) {
    xml.open("feature").attribute("policy", policy).attribute("name", name).close();
  }

  private void named(NamedModel model) {
    xml.open("model")
        .attribute("usable", model.usable())
        .attribute("deprecated", model.deprecated() ? "yes" : null)
        .attribute("vendor", model.vendor())
        .closeWith(model.name());
  }

  private void features(DomainCapabilities caps) {
    xml.open("features");
    caps.features()
        .forEach(
            (name, there) -> {
              supported(name, there);
              if (name.equals("sev")) {
                caps.sev().ifPresent(this::sev);
              }
              xml.close();
            });
    if (!caps.hyperv().isEmpty()) {
      supported("hyperv", true);
      values("features", caps.hyperv());
      xml.close();
    }
    xml.close();
  }

  private void sev(Sev sev) {
    xml.element("cbitpos", sev.cbitpos());
    xml.element("reducedPhysBits", sev.reducedPhysBits());
  }

  private void offer(String name, Offer offer) {
    supported(name, offer.supported());
    offer.values().forEach(this::values);
    xml.close();
  }

  private void values(String enumeration, List<String> values) {
    xml.open("enum").attribute("name", enumeration);
    values.forEach(value -> xml.element("value", value));
    xml.close();
  }

  private XmlWriter supported(String element, boolean supported) {
    return xml.open(element).yesNo("supported", supported);
  }
}
