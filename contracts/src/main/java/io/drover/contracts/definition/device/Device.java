package io.drover.contracts.definition.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.drover.contracts.definition.common.DeviceInfo;

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
  @JsonSubTypes.Type(value = MemoryDevice.class, name = "memory"),
  @JsonSubTypes.Type(value = Sound.class, name = "sound"),
  @JsonSubTypes.Type(value = Tpm.class, name = "tpm"),
  @JsonSubTypes.Type(value = Smartcard.class, name = "smartcard"),
  @JsonSubTypes.Type(value = RedirectedDevice.class, name = "redirdev"),
  @JsonSubTypes.Type(value = RedirectionFilter.class, name = "redirfilter"),
  @JsonSubTypes.Type(value = Hub.class, name = "hub"),
  @JsonSubTypes.Type(value = Vsock.class, name = "vsock"),
  @JsonSubTypes.Type(value = SharedMemory.class, name = "shmem"),
  @JsonSubTypes.Type(value = HostDevice.class, name = "hostdev"),
  @JsonSubTypes.Type(value = Crypto.class, name = "crypto"),
  @JsonSubTypes.Type(value = Lease.class, name = "lease")
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
        MemoryDevice,
        Sound,
        Tpm,
        Smartcard,
        RedirectedDevice,
        RedirectionFilter,
        Hub,
        Vsock,
        SharedMemory,
        HostDevice,
        Crypto,
        Lease {
  DeviceInfo info();

  /** The same device with other common parts. */
  Device withInfo(DeviceInfo info);
}
