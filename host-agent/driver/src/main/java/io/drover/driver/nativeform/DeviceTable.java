package io.drover.driver.nativeform;

import io.drover.driver.nativeform.character.CharacterReading;
import io.drover.driver.nativeform.device.ControllerReading;
import io.drover.driver.nativeform.device.HostDeviceReading;
import io.drover.driver.nativeform.device.LinkReading;
import io.drover.driver.nativeform.device.NetworkReading;
import io.drover.driver.nativeform.device.SmallReading;
import io.drover.driver.nativeform.device.SoundReading;
import io.drover.driver.nativeform.device.UsbReading;
import io.drover.driver.nativeform.device.VideoReading;
import io.drover.driver.nativeform.draft.DeviceReader;
import io.drover.driver.nativeform.draft.Fronts;
import io.drover.driver.nativeform.draft.NativeDraft;
import io.drover.driver.nativeform.line.Values;
import io.drover.driver.nativeform.memory.MemoryDeviceReading;
import io.drover.driver.nativeform.storage.DiskReading;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one table from a device's driver to its reader. */
final class DeviceTable {
  private static final Map<String, DeviceReader> KNOWN = new HashMap<>();

  static {
    ControllerReading.DRIVERS.forEach(driver -> KNOWN.put(driver, ControllerReading::read));
    DiskReading.DRIVERS.forEach(driver -> KNOWN.put(driver, DiskReading::read));
    NetworkReading.DRIVERS.forEach(driver -> KNOWN.put(driver, NetworkReading::read));
    CharacterReading.DRIVERS.forEach(driver -> KNOWN.put(driver, CharacterReading::read));
    MemoryDeviceReading.DRIVERS.forEach(driver -> KNOWN.put(driver, MemoryDeviceReading::read));
    VideoReading.DRIVERS.forEach(driver -> KNOWN.put(driver, VideoReading::read));
    SoundReading.CARDS.keySet().forEach(driver -> KNOWN.put(driver, SoundReading::card));
    SoundReading.CODECS.forEach(driver -> KNOWN.put(driver, SoundReading::codec));
    HostDeviceReading.READERS.forEach(KNOWN::put);
    SmallReading.READERS.forEach(KNOWN::put);
    UsbReading.READERS.forEach(KNOWN::put);
    LinkReading.READERS.forEach(KNOWN::put);
  }

  private DeviceTable() {}

  static void read(NativeDraft draft, Values values) {
    String driver = values.take("driver", "");
    int next = draft.devices().size();
    DeviceReader reader = reader(driver);
    if (reader == null) {
      draft.unknownDevice(driver, values);
      return;
    }
    reader.read(draft, driver, values);
    if (!values.left().isEmpty()) {
      draft.unknownProperties(driver, draft.devices().child(next), values.takeLeft());
    }
  }

  private static @Nullable DeviceReader reader(String driver) {
    DeviceReader known = KNOWN.get(driver);
    return known == null ? KNOWN.get(Fronts.base(driver)) : known;
  }
}
