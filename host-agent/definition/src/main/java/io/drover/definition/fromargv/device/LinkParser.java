package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.draft.Buses;
import io.drover.definition.fromargv.draft.DeviceReader;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.memory.MemoryDeviceParser;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What links a guest with others and its host: shared memory and folders, vsocks, TPMs, SEV. */
public final class LinkParser {
  public static final Map<String, DeviceReader> READERS =
      Map.of(
          "ivshmem-plain", LinkParser::sharedMemory,
          "ivshmem-doorbell", LinkParser::sharedMemory,
          "vhost-vsock-pci", LinkParser::vsock,
          "virtio-9p-pci", LinkParser::folder,
          "vhost-user-fs-pci", LinkParser::virtiofs,
          "tpm-tis", LinkParser::tpm,
          "tpm-crb", LinkParser::tpm);
  private static final String SHARED = "/dev/shm/";

  private LinkParser() {}

  private static void sharedMemory(ParsedCommandLine draft, String driver, Values values) {
    String id = values.peek("id");
    String name = id == null ? driver : id;
    MutableElement memory = draft.devices().add("shmem");
    String role = values.takeOnOff("master");
    memory.with("role", role == null ? null : role.equals("on") ? "master" : "peer");
    memory.add("model").with("type", driver);
    Values object = draft.backends().use("-object", values.take("memdev"));
    if (object != null) {
      object.take("qom-type");
      object.take("share");
      Long kib = object.takeKib("size");
      String path = object.peek("mem-path");
      if (path != null && path.startsWith(SHARED)) {
        object.take("mem-path");
        name = path.substring(SHARED.length());
      }
      MemoryDeviceParser.kib(memory, "size", kib);
    }
    Values socket = draft.backends().use("-chardev", values.take("chardev"));
    if (socket != null) {
      socket.take("backend");
      memory.add("server").with("path", socket.take("path"));
    }
    memory.with("name", name);
    String vectors = values.take("vectors");
    String events = values.takeOnOff("ioeventfd");
    if (vectors != null || events != null) {
      memory.add("msi").with("vectors", vectors).with("ioeventfd", events);
    }
    GuestDeviceProps.common(draft, memory, values);
  }

  private static void vsock(ParsedCommandLine draft, String driver, Values values) {
    boolean plain = GuestDeviceProps.base(driver).equals(driver);
    MutableElement vsock =
        draft
            .devices()
            .add("vsock")
            .with("model", plain ? "virtio" : GuestDeviceProps.virtioModel(driver));
    vsock.add("cid").with("auto", "no").with("address", values.take("guest-cid"));
    GuestDeviceProps.virtio(vsock, values);
    GuestDeviceProps.common(draft, vsock, values);
  }

  private static void folder(ParsedCommandLine draft, String driver, Values values) {
    MutableElement folder = draft.devices().add("filesystem").with("type", "mount");
    if (!GuestDeviceProps.base(driver).equals(driver)) {
      folder.with("model", GuestDeviceProps.virtioModel(driver));
    }
    Values backend = draft.backends().use("-fsdev", values.take("fsdev"));
    if (backend != null) {
      if (backend.is("fsdriver", "local")) {
        backend.take("fsdriver");
      }
      String model = backend.take("security_model", "none");
      String access =
          model.startsWith("mapped") ? "mapped" : model.equals("none") ? "squash" : model;
      folder
          .with("accessmode", access)
          .with("multidevs", backend.take("multidevs"))
          .with("fmode", backend.take("fmode"))
          .with("dmode", backend.take("dmode"));
      String policy = backend.take("writeout");
      if (policy != null) {
        folder.part("driver").with("type", "path").with("wrpolicy", policy);
      }
      folder.add("source").with("dir", backend.take("path"));
      if (backend.takeOn("readonly")) {
        folder.add("readonly");
      }
    }
    folder.add("target").with("dir", values.take("mount_tag"));
    GuestDeviceProps.virtio(folder, values);
    GuestDeviceProps.common(draft, folder, values);
  }

  /** The process that serves the folder is known by its socket alone. */
  private static void virtiofs(ParsedCommandLine draft, String driver, Values values) {
    MutableElement folder = draft.devices().add("filesystem").with("type", "mount");
    MutableElement own = folder.part("driver").with("type", "virtiofs");
    own.with("queue", values.take("queue-size"));
    Values socket = draft.backends().use("-chardev", values.take("chardev"));
    if (socket != null) {
      socket.take("backend");
      folder.add("source").with("socket", socket.take("path"));
    }
    folder.add("target").with("dir", values.take("tag"));
    GuestDeviceProps.virtio(folder, values);
    GuestDeviceProps.common(draft, folder, values);
  }

  private static void tpm(ParsedCommandLine draft, String driver, Values values) {
    MutableElement tpm = draft.devices().add("tpm").with("model", driver);
    MutableElement backend = tpm.add("backend");
    Values known = draft.backends().use("-tpmdev", values.take("tpmdev"));
    String type = known == null ? "emulator" : known.take("type", "emulator");
    if (type.equals("passthrough")) {
      String device = known == null ? null : known.take("path");
      boolean passed = device == null || device.startsWith("/dev/fdset/");
      backend.with("type", type).add("device").with("path", passed ? "/dev/tpm0" : device);
      if (known != null) {
        known.take("cancel-path");
      }
    } else {
      // Only the socket of the running one is known; it is started anew.
      backend.with("type", "emulator").with("version", "2.0");
      Values socket =
          known == null ? null : draft.backends().use("-chardev", known.take("chardev"));
      if (socket != null) {
        socket.takeLeft();
      }
    }
    GuestDeviceProps.alias(tpm, values.take("id"));
  }

  /** Memory that is encrypted against the host. */
  public static void encryption(ParsedCommandLine draft, @Nullable String object) {
    Values sev = draft.backends().use("-object", object);
    if (sev == null) {
      return;
    }
    if (sev.is("qom-type", "sev-guest")) {
      sev.take("qom-type");
    }
    MutableElement security = draft.domain().add("launchSecurity").with("type", "sev");
    security.with("kernelHashes", sev.takeYesNo("kernel-hashes"));
    security.element("cbitpos", sev.take("cbitpos"));
    security.element("reducedPhysBits", sev.take("reduced-phys-bits"));
    Long policy = sev.takeNumber("policy");
    security.element("policy", policy == null ? "0x0000" : Buses.hex(policy.intValue(), 4));
  }
}
