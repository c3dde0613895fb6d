package io.drover.contracts.definition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A device of the domain: one element under {@code <devices>}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Disk.class, name = "disk"),
  @JsonSubTypes.Type(value = Controller.class, name = "controller"),
  @JsonSubTypes.Type(value = NetworkInterface.class, name = "interface"),
  @JsonSubTypes.Type(value = CharacterDevice.class, name = "character"),
  @JsonSubTypes.Type(value = Graphics.class, name = "graphics"),
  @JsonSubTypes.Type(value = Video.class, name = "video"),
  @JsonSubTypes.Type(value = Input.class, name = "input"),
  @JsonSubTypes.Type(value = Rng.class, name = "rng"),
  @JsonSubTypes.Type(value = Balloon.class, name = "memballoon"),
  @JsonSubTypes.Type(value = Watchdog.class, name = "watchdog"),
  @JsonSubTypes.Type(value = Panic.class, name = "panic"),
  @JsonSubTypes.Type(value = Audio.class, name = "audio"),
  @JsonSubTypes.Type(value = Filesystem.class, name = "filesystem"),
  @JsonSubTypes.Type(value = Iommu.class, name = "iommu"),
  @JsonSubTypes.Type(value = MemoryDevice.class, name = "memory")
})
public sealed interface Device
    permits Disk,
        Controller,
        NetworkInterface,
        CharacterDevice,
        Graphics,
        Video,
        Input,
        Rng,
        Balloon,
        Watchdog,
        Panic,
        Audio,
        Filesystem,
        Iommu,
        MemoryDevice {
  DeviceInfo info();

  /** The same device with other common parts. */
  Device withInfo(DeviceInfo info);
}
