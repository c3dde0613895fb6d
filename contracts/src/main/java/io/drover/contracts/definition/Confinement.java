package io.drover.contracts.definition;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.SecurityLabel;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the host and the guest apart.
 *
 * @param labels of the host's security drivers
 * @param encryption of the guest's memory against the host; null for none
 * @param idMap users and groups of a container; QEMU has none, the definition keeps them
 */
public record Confinement(
    List<SecurityLabel> labels, @Nullable MemoryEncryption encryption, List<IdRange> idMap) {
  public static final Confinement NONE = new Confinement(List.of(), null, List.of());

  public Confinement {
    labels = Defaults.list(labels);
    idMap = Defaults.list(idMap);
  }

  /**
   * AMD's SEV.
   *
   * @param cBit the bit of an address that says that the page is encrypted; null for the host's
   * @param reducedBits by how many bits addresses are shorter; null for the host's
   * @param policy the guest's policy, as the platform defines it
   * @param certificate the guest owner's Diffie-Hellman key, in base64
   * @param session the guest owner's session, in base64
   * @param kernelHashes whether the kernel that is booted directly is measured
   */
  public record MemoryEncryption(
      @Nullable Integer cBit,
      @Nullable Integer reducedBits,
      long policy,
      @Nullable String certificate,
      @Nullable String session,
      @Nullable Boolean kernelHashes) {}

  /** {@code kind} is uid or gid. */
  public record IdRange(String kind, long start, long target, long count) {}

  static Confinement read(XmlElement domain) {
    XmlElement wrap = domain.child("keywrap");
    if (wrap != null) {
      wrap.readWhole();
      wrap.invalid("<keywrap> is for s390 machines; remove it.");
    }
    XmlElement security = domain.child("launchSecurity");
    XmlElement map = domain.gathered("idmap");
    return new Confinement(
        SecurityLabel.ofDomain(domain),
        security == null ? null : encryption(security),
        map == null ? List.of() : idMap(map));
  }

  private static @Nullable MemoryEncryption encryption(XmlElement element) {
    XmlValues values = element.values();
    String type = values.word("type", "sev", "s390-pv");
    if (!"sev".equals(type)) {
      element.readWhole();
      element.invalid("type", "Only launch security of type 'sev' is there on this architecture.");
      return null;
    }
    XmlElement policy = element.child("policy");
    if (policy == null) {
      element.invalid("<launchSecurity type='sev'> needs <policy>.");
    }
    Long number = policy == null ? null : hex(policy, 0xffff_ffffL);
    if (policy != null && policy.text().isEmpty()) {
      policy.invalid("<policy> needs a number.");
    }
    Long cBit = hex(element.child("cbitpos"), 63);
    Long reduced = hex(element.child("reducedPhysBits"), 63);
    return new MemoryEncryption(
        cBit == null ? null : (Integer) cBit.intValue(),
        reduced == null ? null : (Integer) reduced.intValue(),
        number == null ? 0 : number,
        element.childText("dhCert"),
        element.childText("session"),
        values.yesNo("kernelHashes"));
  }

  private static @Nullable Long hex(@Nullable XmlElement element, long max) {
    return element == null ? null : Numbers.ofText(element, 0, max);
  }

  private static List<IdRange> idMap(XmlElement map) {
    if (map.children("uid").isEmpty() != map.children("gid").isEmpty()) {
      map.invalid("<idmap> maps both users and groups, by <uid> and <gid>.");
    }
    return java.util.stream.Stream.of("uid", "gid")
        .flatMap(kind -> map.children(kind).stream())
        .map(Confinement::range)
        .toList();
  }

  private static IdRange range(XmlElement element) {
    XmlValues values = element.values();
    Long start = values.number("start", 0, 0xffff_ffffL);
    Long target = values.number("target", 0, 0xffff_ffffL);
    Long count = values.number("count", 0, 0xffff_ffffL);
    if (start == null || target == null || count == null) {
      element.invalid("<" + element.name() + "> needs 'start', 'target' and 'count'.");
    }
    return new IdRange(
        element.name(),
        start == null ? 0 : start,
        target == null ? 0 : target,
        count == null ? 0 : count);
  }

  void writeIdMap(XmlWriter out) {
    if (!idMap.isEmpty()) {
      out.open("idmap");
      for (IdRange range : idMap) {
        out.open(range.kind)
            .attribute("start", range.start)
            .attribute("target", range.target)
            .attribute("count", range.count)
            .close();
      }
      out.close();
    }
  }

  /** Writes what libvirt puts after the devices. */
  void write(XmlWriter out) {
    labels.forEach(label -> label.write(out));
    out.part(encryption, given -> write(given, out));
  }

  private static void write(MemoryEncryption sev, XmlWriter out) {
    out.open("launchSecurity").attribute("type", "sev").yesNo("kernelHashes", sev.kernelHashes);
    out.element("cbitpos", sev.cBit)
        .element("reducedPhysBits", sev.reducedBits)
        .element("policy", String.format("0x%04x", sev.policy))
        .element("dhCert", sev.certificate)
        .element("session", sev.session)
        .close();
  }
}
