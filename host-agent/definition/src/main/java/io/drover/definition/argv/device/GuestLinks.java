package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Vsock;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What links guests with one another and with their host: shared memory and vsocks. */
public final class GuestLinks {
  /** Shown where no host has picked a number. */
  private static final String PLACEHOLDER_CONTEXT = "42";

  private GuestLinks() {}

  public static DevicePart part(ArgvContext placed, SharedMemory memory) {
    String alias = ArgvContext.alias(memory);
    List<QemuOption> options = new ArrayList<>();
    Props device = Props.device(String.valueOf(memory.model())).put("id", alias);
    if (memory.server()) {
      options.add(server(memory, alias));
      device.put("chardev", "char" + alias);
    } else {
      options.add(
          JsonOption.object(
              Props.object("memory-backend-file", "shmmem-" + alias)
                  .put("mem-path", "/dev/shm/" + memory.name())
                  .put("size", memory.sizeBytes())
                  .put("share", true)));
      device.put("memdev", "shmmem-" + alias);
    }
    // QEMU knows auto besides, so this switch is a word
    device.put("master", memory.server() ? null : role(memory));
    SharedMemory.Msi msi = memory.msi();
    if (msi != null) {
      device.put("vectors", msi.vectors()).onOff("ioeventfd", msi.ioeventfd());
    }
    options.add(JsonOption.device(placed.at(device, memory)));
    return new DevicePart(options);
  }

  private static @Nullable String role(SharedMemory memory) {
    String role = memory.role();
    return role == null ? null : role.equals("master") ? "on" : "off";
  }

  private static Chardev server(SharedMemory memory, String alias) {
    String own = memory.serverPath();
    String path = own == null ? "/var/lib/libvirt/shmem-" + memory.name() + "-sock" : own;
    return CharacterBackends.unix("char" + alias, path, "connect", null);
  }

  public static DevicePart part(ArgvContext placed, Vsock vsock) {
    String alias = ArgvContext.alias(vsock);
    boolean automatic = Boolean.TRUE.equals(vsock.automatic()) || vsock.contextId() == null;
    String context =
        automatic
            ? placed.layout().bindings().of(alias, PLACEHOLDER_CONTEXT)
            : String.valueOf(vsock.contextId());
    Props device = Props.device(ArgvContext.virtioName("vhost-vsock", vsock.model()));
    ArgvContext.virtio(device, vsock.virtio()).put("id", alias).number("guest-cid", context);
    return DevicePart.of(JsonOption.device(placed.at(device, vsock)));
  }
}
