package io.drover.definition.complete.defaults;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.definition.complete.address.UsbCompanions;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fills in the models and sizes that a definition leaves open. */
public final class DefaultModels {
  private static final int QXL_KIB = 64 * 1024;
  private static final long SHARED_MEMORY_BYTES = 4L << 20;
  private static final int VIDEO_KIB = 16 * 1024;
  private static final Map<String, String> CONTROLLERS =
      Map.of("usb", "piix3-uhci", "scsi", "lsilogic");

  private DefaultModels() {}

  public static void apply(DefinitionBuilder draft) {
    draft.each(Controller.class, DefaultModels::controller);
    UsbCompanions.ports(draft);
    videos(draft);
    draft.each(Tpm.class, DefaultModels::tpm);
    draft.each(SharedMemory.class, DefaultModels::sharedMemory);
    draft.each(
        Vsock.class,
        vsock ->
            vsock.automatic() == null
                ? vsock.withContext(vsock.contextId() == null, vsock.contextId())
                : vsock);
    draft.each(HostDevice.class, DefaultModels::hostDevice);
    int[] number = {0};
    draft.each(
        NetworkInterface.class,
        nic -> {
          boolean emulated = !(nic.source() instanceof NetworkSource.HostPci);
          NetworkInterface known = nic.model() == null && emulated ? nic.withModel(card(nic)) : nic;
          int index = number[0]++;
          return known.mac() == null ? known.withMac(freeMac(draft.definition(), index)) : known;
        });
  }

  private static Tpm tpm(Tpm tpm) {
    String model = tpm.model() == null ? "tpm-tis" : tpm.model();
    if (tpm.backend() instanceof Tpm.EmulatedTpm emulator && emulator.version() == null) {
      return tpm.with(
          model,
          new Tpm.EmulatedTpm(
              "2.0",
              emulator.encryption(),
              emulator.persistent(),
              emulator.debug(),
              emulator.activeBanks()));
    }
    return tpm.with(model, tpm.backend());
  }

  private static SharedMemory sharedMemory(SharedMemory memory) {
    SharedMemory.Msi msi = memory.msi();
    if ("ivshmem-doorbell".equals(memory.model())) {
      boolean said = msi != null && msi.ioeventfd() != null;
      return said
          ? memory
          : memory.withDefaults(
              memory.sizeBytes(), new SharedMemory.Msi(msi == null ? null : msi.vectors(), "on"));
    }
    return memory.sizeBytes() == null ? memory.withDefaults(SHARED_MEMORY_BYTES, msi) : memory;
  }

  /** A mediated device shows nothing unless it is asked to. */
  private static HostDevice hostDevice(HostDevice device) {
    HostDevice.Options options = device.options();
    return "vfio-pci".equals(options.model()) && options.display() == null
        ? device.withOptions(options.withDisplay("off"))
        : device;
  }

  /** A vDPA device is virtio in hardware; anything else gets the card that every guest knows. */
  private static String card(NetworkInterface nic) {
    return nic.source() instanceof NetworkSource.Vdpa ? "virtio" : "rtl8139";
  }

  private static Controller controller(Controller controller) {
    String model = controller.model();
    if (model == null || model.equals("auto")) {
      return controller.withModel(CONTROLLERS.get(controller.type()));
    }
    return controller;
  }

  /** The primary card is the first one, wherever it stands. */
  private static void videos(DefinitionBuilder draft) {
    List<Video> videos = new ArrayList<>(draft.all(Video.class));
    videos.sort(Comparator.comparing(video -> !Boolean.TRUE.equals(video.primary())));
    for (int i = 0; i < videos.size(); i++) {
      Video video = videos.get(i);
      String model = video.model() == null ? "cirrus" : video.model();
      Video known =
          model.equals("none")
              ? video.withDefaults(model, true, null, Video.VideoMemory.NONE)
              : video.withDefaults(
                  model,
                  i == 0,
                  video.heads() == null ? (Integer) 1 : video.heads(),
                  memory(model, video.memory()));
      draft.replace(video, known);
      videos.set(i, known);
    }
    draft.reorder(Video.class, videos);
  }

  private static Video.VideoMemory memory(String model, Video.VideoMemory given) {
    return switch (model) {
      case "qxl" ->
          new Video.VideoMemory(
              power(given.vram() == null ? QXL_KIB : given.vram()),
              power(given.ram() == null ? QXL_KIB : given.ram()),
              given.vram64(),
              given.vgamem() == null ? (Integer) VIDEO_KIB : given.vgamem());
      case "vga", "cirrus", "vmvga", "bochs" ->
          new Video.VideoMemory(
              power(given.vram() == null ? VIDEO_KIB : given.vram()),
              given.ram(),
              given.vram64(),
              given.vgamem());
      default -> given;
    };
  }

  /** The next power of two, which is all that the cards take. */
  private static int power(int kib) {
    int bit = Integer.highestOneBit(kib);
    return bit == kib ? kib : bit << 1;
  }

  /** The card's address, or a further one where a card that came earlier has it. */
  private static String freeMac(DomainDefinition definition, int index) {
    List<NetworkInterface> cards = definition.devices(NetworkInterface.class);
    int number = index;
    String mac = mac(definition, number);
    while (used(cards, mac)) {
      number += cards.size();
      mac = mac(definition, number);
    }
    return mac;
  }

  private static boolean used(List<NetworkInterface> cards, String mac) {
    return cards.stream().anyMatch(card -> mac.equals(card.mac()));
  }

  /** An address that stays the same for the same domain and card. */
  private static String mac(DomainDefinition definition, int index) {
    String seed = definition.uuid() + "/" + definition.name() + "/interface/" + index;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return String.format(Locale.ROOT, "52:54:00:%02x:%02x:%02x", hash[0], hash[1], hash[2]);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
