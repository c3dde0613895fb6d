package io.drover.contracts.definition.common;

import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that every virtio device's {@code <driver>} may have; each {@code on} or {@code
 * off}.
 */
public record VirtioOptions(
    @Nullable String iommu,
    @Nullable String ats,
    @Nullable String packed,
    @Nullable String pagePerVq) {
  public static final VirtioOptions NONE = new VirtioOptions(null, null, null, null);

  public static VirtioOptions read(XmlValues driver) {
    return new VirtioOptions(
        driver.onOff("iommu"),
        driver.onOff("ats"),
        driver.onOff("packed"),
        driver.onOff("page_per_vq"));
  }

  /** Writes the attributes into the open {@code <driver>}. */
  public void write(XmlWriter out) {
    out.attribute("iommu", iommu)
        .attribute("ats", ats)
        .attribute("packed", packed)
        .attribute("page_per_vq", pagePerVq);
  }

  public boolean none() {
    return equals(NONE);
  }
}
