package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which USB devices may be redirected: the first rule that fits decides. */
public record RedirectionFilter(List<Rule> rules) implements Device {
  public RedirectionFilter {
    rules = Defaults.list(rules);
  }

  /**
   * One {@code <usbdev>}; null fits any device.
   *
   * @param version USB's in binary coded decimals: 0x0110 is 1.10
   */
  public record Rule(
      @Nullable Integer usbClass,
      @Nullable Integer vendor,
      @Nullable Integer product,
      @Nullable Integer version,
      boolean allow) {}

  @Override
  public DeviceInfo info() {
    return DeviceInfo.NONE;
  }

  /** A filter is not a device of the guest: it has no address and no alias. */
  @Override
  public RedirectionFilter withInfo(DeviceInfo info) {
    return this;
  }

  static RedirectionFilter read(XmlElement element) {
    return new RedirectionFilter(
        element.children("usbdev").stream().map(RedirectionFilter::rule).toList());
  }

  private static Rule rule(XmlElement element) {
    XmlValues values = element.values();
    Boolean allow = values.yesNo("allow");
    if (allow == null && values.text("allow") == null) {
      element.invalid("A <usbdev> of <redirfilter> needs 'allow', yes or no.");
    }
    return new Rule(
        number(values, "class", 0xff),
        number(values, "vendor", 0xffff),
        number(values, "product", 0xffff),
        version(element),
        Boolean.TRUE.equals(allow));
  }

  private static @Nullable Integer number(XmlValues values, String attribute, int max) {
    Integer given = values.integer(attribute, -1, max);
    return given == null || given < 0 ? null : given;
  }

  private static @Nullable Integer version(XmlElement element) {
    String given = element.values().text("version");
    if (given == null || given.equals("-1")) {
      return null;
    }
    if (!given.matches("\\d{1,2}\\.\\d{1,2}")) {
      element.invalid("version", "A USB version is as in 1.10, not '" + given + "'.");
      return null;
    }
    String[] parts = given.split("\\.", 2);
    // 1.1 is 1.10, for the second part are hundredths
    String minor = parts[1].length() == 1 ? parts[1] + "0" : parts[1];
    return coded(parts[0]) << 8 | coded(minor);
  }

  private static int coded(String digits) {
    int value = Integer.parseInt(digits);
    return value / 10 << 4 | value % 10;
  }

  void write(XmlWriter out) {
    out.open("redirfilter");
    for (Rule rule : rules) {
      out.open("usbdev")
          .attribute("class", hex("0x%02X", rule.usbClass))
          .attribute("vendor", hex("0x%04X", rule.vendor))
          .attribute("product", hex("0x%04X", rule.product))
          .attribute("version", text(rule.version))
          .yesNo("allow", rule.allow)
          .close();
    }
    out.close();
  }

  private static @Nullable String hex(String format, @Nullable Integer value) {
    return value == null ? null : String.format(format, value);
  }

  private static @Nullable String text(@Nullable Integer version) {
    return version == null ? null : String.format("%x.%02x", version >> 8, version & 0xff);
  }
}
