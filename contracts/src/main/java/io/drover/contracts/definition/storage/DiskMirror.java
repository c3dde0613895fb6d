package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * A block job that copies a disk: what a running domain shows. It is kept, and starts nothing.
 *
 * @param job copy or active-commit
 * @param ready yes, abort or pivot; null while it still copies
 * @param image where it copies to
 */
public record DiskMirror(String job, @Nullable String ready, DiskImage image) {
  public static @Nullable DiskMirror read(XmlElement disk) {
    XmlElement element = disk.child("mirror");
    if (element == null) {
      return null;
    }
    XmlValues values = element.values();
    String job = values.wordOr("job", "copy", "copy", "active-commit");
    String ready = values.word("ready", "yes", "abort", "pivot");
    String oldFile = values.text("file");
    String oldFormat = values.text("format");
    if (values.text("type") == null && oldFile != null) {
      return new DiskMirror(
          job, ready, DiskImage.of(new DiskSource.File(oldFile, null), oldFormat));
    }
    return new DiskMirror(job, ready, DiskImageXml.below(element));
  }

  public void write(XmlWriter out) {
    out.open("mirror")
        .attribute("type", DiskImageXml.type(image))
        .attribute("job", job)
        .attribute("ready", ready);
    DiskImageXml.writeBelow(image, out);
    out.close();
  }
}
