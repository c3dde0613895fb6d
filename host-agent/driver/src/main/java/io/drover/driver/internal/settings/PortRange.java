package io.drover.driver.internal.settings;

/**
 * TCP ports that the host picks from.
 *
 * @param first the lowest
 * @param last the highest, which belongs to it
 */
public record PortRange(int first, int last) {
  private static final int HIGHEST = 65_535;

  /** Reads {@code NAME_min} and {@code NAME_max}; libvirt has no port below {@code lowest}. */
  static PortRange read(QemuConf conf, String name, int lowest) {
    int first = conf.number(name + "_min", lowest, lowest, HIGHEST);
    int last = conf.number(name + "_max", HIGHEST, lowest, HIGHEST);
    if (first > last) {
      throw conf.refused(name + "_min is larger than " + name + "_max");
    }
    return new PortRange(first, last);
  }
}
