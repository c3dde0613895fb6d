package io.drover.contracts.definition.device;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import io.drover.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes the devices: the one table from element name to reader. */
public final class DevicesXml {
  static final int MAX_DEVICES = 512;
  private static final Map<String, Function<XmlElement, Device>> READERS =
      Map.ofEntries(
          Map.entry("disk", DiskXml::read),
          Map.entry("controller", ControllerXml::read),
          Map.entry("interface", NetworkInterfaceXml::read),
          Map.entry("serial", CharacterDeviceXml::read),
          Map.entry("parallel", CharacterDeviceXml::read),
          Map.entry("console", CharacterDeviceXml::read),
          Map.entry("channel", CharacterDeviceXml::read),
          Map.entry("graphics", GraphicsXml::read),
          Map.entry("video", Video::read),
          Map.entry("input", Input::read),
          Map.entry("rng", Rng::read),
          Map.entry("memballoon", Balloon::read),
          Map.entry("watchdog", Watchdog::read),
          Map.entry("panic", Panic::read),
          Map.entry("audio", Audio::read),
          Map.entry("filesystem", FilesystemXml::read),
          Map.entry("iommu", Iommu::read),
          Map.entry("memory", MemoryDevice::read),
          Map.entry("sound", Sound::read),
          Map.entry("tpm", TpmXml::read),
          Map.entry("smartcard", Smartcard::read),
          Map.entry("redirdev", RedirectedDevice::read),
          Map.entry("redirfilter", RedirectionFilter::read),
          Map.entry("hub", Hub::read),
          Map.entry("vsock", Vsock::read),
          Map.entry("shmem", SharedMemory::read),
          Map.entry("hostdev", HostDeviceXml::read),
          Map.entry("crypto", Crypto::read),
          Map.entry("lease", Lease::read));

  /** What libvirt knows and this architecture does not have. */
  private static final Map<String, String> REFUSED =
      Map.of("nvram", "An <nvram> device is only supported for PPC64; remove it.");

  private DevicesXml() {}

  public static List<Device> read(XmlElement devices) {
    List<Device> found = new ArrayList<>();
    int count = 0;
    for (XmlElement element : devices.plainChildren()) {
      if (++count > MAX_DEVICES) {
        devices.fault(
            ErrorCode.LIMIT_EXCEEDED,
            "A domain has at most " + MAX_DEVICES + " devices; the rest was not read.");
        devices.readWhole();
        return found;
      }
      Function<XmlElement, Device> reader = READERS.get(element.name());
      String refusal = REFUSED.get(element.name());
      if (reader != null) {
        found.add(reader.apply(element.markRead()));
      } else if (refusal != null) {
        element.invalid(refusal);
        element.readWhole();
      }
    }
    return found;
  }

  /** The device that an element of its own is; null for one that is no device. */
  public static @Nullable Device readOne(XmlElement element) {
    Function<XmlElement, Device> reader = READERS.get(element.name());
    return reader == null ? null : reader.apply(element.markRead());
  }

  public static void write(Device device, XmlWriter out) {
    if (device instanceof Disk disk) {
      DiskXml.write(disk, out);
    } else if (device instanceof Controller controller) {
      ControllerXml.write(controller, out);
    } else if (device instanceof NetworkInterface nic) {
      NetworkInterfaceXml.write(nic, out);
    } else if (device instanceof CharacterDevice character) {
      CharacterDeviceXml.write(character, out);
    } else if (device instanceof Graphics graphics) {
      GraphicsXml.write(graphics, out);
    } else if (device instanceof Video video) {
      video.write(out);
    } else if (device instanceof Input input) {
      input.write(out);
    } else if (device instanceof Rng rng) {
      rng.write(out);
    } else if (device instanceof Balloon balloon) {
      balloon.write(out);
    } else if (device instanceof Watchdog watchdog) {
      watchdog.write(out);
    } else if (device instanceof Panic panic) {
      panic.write(out);
    } else if (device instanceof Audio audio) {
      audio.write(out);
    } else if (device instanceof Filesystem filesystem) {
      FilesystemXml.write(filesystem, out);
    } else if (device instanceof Iommu iommu) {
      iommu.write(out);
    } else if (device instanceof MemoryDevice memory) {
      memory.write(out);
    } else if (device instanceof Sound sound) {
      sound.write(out);
    } else if (device instanceof Tpm tpm) {
      TpmXml.write(tpm, out);
    } else if (device instanceof Smartcard smartcard) {
      smartcard.write(out);
    } else if (device instanceof RedirectedDevice redirected) {
      redirected.write(out);
    } else if (device instanceof RedirectionFilter filter) {
      filter.write(out);
    } else if (device instanceof Hub hub) {
      hub.write(out);
    } else if (device instanceof Vsock vsock) {
      vsock.write(out);
    } else if (device instanceof SharedMemory shared) {
      shared.write(out);
    } else if (device instanceof HostDevice hostDevice) {
      HostDeviceXml.write(hostDevice, out);
    } else if (device instanceof Crypto crypto) {
      crypto.write(out);
    } else if (device instanceof Lease lease) {
      lease.write(out);
    }
  }
}
