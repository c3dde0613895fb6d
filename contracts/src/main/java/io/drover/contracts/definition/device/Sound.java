package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sound card.
 *
 * @param model ac97, es1370, sb16, pcspk, ich6, ich9 or usb
 * @param multichannel whether a USB card has 5.1 and 7.1 as well
 * @param audio the id of the back end; null for the first
 * @param codecs what hangs on an HDA controller: duplex, micro or output; empty for one duplex
 */
public record Sound(
    DeviceInfo info,
    String model,
    @Nullable Boolean multichannel,
    @Nullable Integer audio,
    List<String> codecs)
    implements Device {
  private static final int MAX_CODECS = 15;

  public Sound {
    info = Defaults.or(info, DeviceInfo.NONE);
    codecs = Defaults.list(codecs);
  }

  /** Whether it is an HDA controller, which needs codecs to be heard. */
  public boolean hda() {
    return model.equals("ich6") || model.equals("ich9");
  }

  @Override
  public Sound withInfo(DeviceInfo value) {
    return new Sound(value, model, multichannel, audio, codecs);
  }

  static Sound read(XmlElement element) {
    XmlValues values = element.values();
    String given = values.word("model", "ac97", "es1370", "sb16", "pcspk", "ich6", "ich9", "usb");
    if (given == null && values.text("model") == null) {
      element.invalid("<sound> needs 'model', as in model='ich9'.");
    }
    String model = given == null ? "ich6" : given;
    boolean hda = model.equals("ich6") || model.equals("ich9");
    List<String> codecs =
        hda ? element.children("codec").stream().map(Sound::codec).toList() : List.of();
    if (codecs.size() > MAX_CODECS) {
      element.invalid("An HDA controller has at most " + MAX_CODECS + " codecs.");
    }
    XmlElement audio = element.child("audio");
    return new Sound(
        DeviceInfoXml.read(element),
        model,
        model.equals("usb") ? values.yesNo("multichannel") : null,
        audio == null ? null : audio.values().integer("id", 1, Audio.MAX_ID),
        codecs);
  }

  private static String codec(XmlElement element) {
    element.values().required("type");
    return element.values().wordOr("type", "duplex", "duplex", "micro", "output");
  }

  void write(XmlWriter out) {
    out.open("sound").attribute("model", model).yesNo("multichannel", multichannel);
    codecs.forEach(codec -> out.open("codec").attribute("type", codec).close());
    if (audio != null) {
      out.open("audio").attribute("id", audio).close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
