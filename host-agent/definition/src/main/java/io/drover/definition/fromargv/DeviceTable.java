package io.drover.definition.fromargv;

import io.drover.definition.fromargv.character.CharacterParser;
import io.drover.definition.fromargv.device.ControllerParser;
import io.drover.definition.fromargv.device.HostDeviceParser;
import io.drover.definition.fromargv.device.LinkParser;
import io.drover.definition.fromargv.device.MiscDeviceParser;
import io.drover.definition.fromargv.device.NetworkParser;
import io.drover.definition.fromargv.device.SoundParser;
import io.drover.definition.fromargv.device.UsbParser;
import io.drover.definition.fromargv.device.VideoParser;
import io.drover.definition.fromargv.draft.DeviceAliases;
import io.drover.definition.fromargv.draft.DeviceReader;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.memory.MemoryDeviceParser;
import io.drover.definition.fromargv.storage.DiskParser;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one table from a device's driver to its reader. */
final class DeviceTable {
  private static final Map<String, DeviceReader> KNOWN = new HashMap<>();

  static {
    ControllerParser.DRIVERS.forEach(driver -> KNOWN.put(driver, ControllerParser::read));
    DiskParser.DRIVERS.forEach(driver -> KNOWN.put(driver, DiskParser::read));
    NetworkParser.DRIVERS.forEach(driver -> KNOWN.put(driver, NetworkParser::read));
    CharacterParser.DRIVERS.forEach(driver -> KNOWN.put(driver, CharacterParser::read));
    MemoryDeviceParser.DRIVERS.forEach(driver -> KNOWN.put(driver, MemoryDeviceParser::read));
    VideoParser.DRIVERS.forEach(driver -> KNOWN.put(driver, VideoParser::read));
    SoundParser.CARDS.keySet().forEach(driver -> KNOWN.put(driver, SoundParser::card));
    SoundParser.CODECS.forEach(driver -> KNOWN.put(driver, SoundParser::codec));
    HostDeviceParser.READERS.forEach(KNOWN::put);
    MiscDeviceParser.READERS.forEach(KNOWN::put);
    UsbParser.READERS.forEach(KNOWN::put);
    LinkParser.READERS.forEach(KNOWN::put);
  }

  private DeviceTable() {}

  static void read(ParsedCommandLine draft, Values values) {
    String given = values.take("driver", "");
    String driver = DeviceAliases.name(given);
    int next = draft.devices().size();
    DeviceReader reader = reader(driver);
    // On a bus that is handed on, no device of the definition can be.
    if (reader == null || draft.isPassedOn(values.peek("bus"))) {
      draft.unknownDevice(given, values);
      if (given.endsWith("vga")) {
        draft.videoSaid();
      }
      return;
    }
    reader.read(draft, driver, values);
    if (!values.left().isEmpty()) {
      draft.unknownProperties(driver, draft.devices().child(next), values.takeLeft());
    }
  }

  /** Whether a device is handed on, if it is had at all. */
  static boolean knows(String driver) {
    return reader(DeviceAliases.name(driver)) != null;
  }

  private static @Nullable DeviceReader reader(String driver) {
    DeviceReader known = KNOWN.get(driver);
    return known == null ? KNOWN.get(GuestDeviceProps.base(driver)) : known;
  }
}
