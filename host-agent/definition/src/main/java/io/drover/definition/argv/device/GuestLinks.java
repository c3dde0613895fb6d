package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Vsock;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import org.jspecify.annotations.Nullable;

/** What links guests with one another and with their host: shared memory and vsocks. */
public final class GuestLinks {
  /** Shown where no host has picked a number. */
  private static final String PLACEHOLDER_CONTEXT = "42";

  private GuestLinks() {}

  public static void sharedMemory(ArgvContext placed, Arguments out) {
    for (SharedMemory memory : placed.definition().devices(SharedMemory.class)) {
      String alias = ArgvContext.alias(memory);
      Props device = Props.device(String.valueOf(memory.model())).put("id", alias);
      if (memory.server()) {
        out.option("-chardev", server(placed, memory, alias, out));
        device.put("chardev", "char" + alias);
      } else {
        out.object(
            Props.object("memory-backend-file", "shmmem-" + alias)
                .put("mem-path", "/dev/shm/" + memory.name())
                .put("size", memory.sizeBytes())
                .put("share", true));
        device.put("memdev", "shmmem-" + alias);
      }
      // QEMU knows auto besides, so this switch is a word
      device.put("master", memory.server() ? null : role(memory));
      SharedMemory.Msi msi = memory.msi();
      if (msi != null) {
        device.put("vectors", msi.vectors()).onOff("ioeventfd", msi.ioeventfd());
      }
      out.device(placed.at(device, memory));
    }
  }

  private static @Nullable String role(SharedMemory memory) {
    String role = memory.role();
    return role == null ? null : role.equals("master") ? "on" : "off";
  }

  private static String server(
      ArgvContext placed, SharedMemory memory, String alias, Arguments out) {
    String own = memory.serverPath();
    String path = own == null ? "/var/lib/libvirt/shmem-" + memory.name() + "-sock" : own;
    return CharacterDevices.source(
        placed, new CharacterSource.Unix(path, "connect", null), "char" + alias, "", alias, out);
  }

  public static void vsocks(ArgvContext placed, Arguments out) {
    for (Vsock vsock : placed.definition().devices(Vsock.class)) {
      String alias = ArgvContext.alias(vsock);
      boolean automatic = Boolean.TRUE.equals(vsock.automatic()) || vsock.contextId() == null;
      String context =
          automatic
              ? placed.layout().bindings().of(alias, PLACEHOLDER_CONTEXT)
              : String.valueOf(vsock.contextId());
      Props device = Props.device(ArgvContext.virtioName("vhost-vsock", vsock.model()));
      ArgvContext.virtio(device, vsock.virtio()).put("id", alias).number("guest-cid", context);
      out.device(placed.at(device, vsock));
    }
  }
}
