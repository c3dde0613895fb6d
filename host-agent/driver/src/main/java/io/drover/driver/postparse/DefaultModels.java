package io.drover.driver.postparse;

import io.drover.contracts.definition.Controller;
import io.drover.contracts.definition.NetworkInterface;
import io.drover.contracts.definition.NetworkSource;
import io.drover.contracts.definition.Video;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;

/** Fills in the models and sizes that a definition leaves open. */
final class DefaultModels {
  private static final int QXL_KIB = 64 * 1024;
  private static final int VIDEO_KIB = 16 * 1024;
  private static final Map<String, String> CONTROLLERS =
      Map.of("usb", "piix3-uhci", "scsi", "lsilogic");
  private static final Map<String, String> PCI_MODEL_NAMES =
      Map.of(
          "pci-bridge", "pci-bridge",
          "dmi-to-pci-bridge", "i82801b11-bridge",
          "pcie-to-pci-bridge", "pcie-pci-bridge",
          "pcie-root-port", "pcie-root-port",
          "pcie-switch-upstream-port", "x3130-upstream",
          "pcie-switch-downstream-port", "xio3130-downstream",
          "pci-expander-bus", "pxb",
          "pcie-expander-bus", "pxb-pcie");

  private DefaultModels() {}

  static void apply(Draft draft) {
    draft.each(Controller.class, DefaultModels::controller);
    videos(draft);
    int[] number = {0};
    draft.each(
        NetworkInterface.class,
        nic -> {
          NetworkInterface known = nic.model() == null ? nic.withModel(card(nic)) : nic;
          int index = number[0]++;
          return known.mac() == null ? known.withMac(mac(draft, index)) : known;
        });
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

  /** QEMU's name of a PCI controller's model; null for the roots, which have no device. */
  static Controller named(Controller controller) {
    String model = controller.model();
    String name = model == null ? null : PCI_MODEL_NAMES.get(model);
    Controller.PciTarget pci =
        controller.pci() == null ? Controller.PciTarget.NONE : controller.pci();
    if (name == null || pci.modelName() != null) {
      return controller.withPci(pci);
    }
    return controller.withPci(
        new Controller.PciTarget(
            name,
            pci.chassis(),
            pci.port(),
            pci.chassisNumber(),
            pci.busNumber(),
            pci.node(),
            pci.hotplug()));
  }

  private static void videos(Draft draft) {
    boolean anyPrimary =
        draft.all(Video.class).stream().anyMatch(video -> Boolean.TRUE.equals(video.primary()));
    boolean first = true;
    for (Video video : draft.all(Video.class)) {
      boolean primary = anyPrimary ? Boolean.TRUE.equals(video.primary()) : first;
      first = false;
      String model = video.model() == null ? "cirrus" : video.model();
      draft.replace(
          video,
          video.withDefaults(
              model,
              primary,
              video.heads() == null ? 1 : video.heads(),
              memory(model, video.memory())));
    }
  }

  private static Video.Memory memory(String model, Video.Memory given) {
    return switch (model) {
      case "qxl" ->
          new Video.Memory(
              power(given.vram() == null ? QXL_KIB : given.vram()),
              power(given.ram() == null ? QXL_KIB : given.ram()),
              given.vram64() == null ? null : (Integer) power(given.vram64()),
              power(given.vgamem() == null ? VIDEO_KIB : given.vgamem()));
      case "vga", "cirrus", "vmvga", "bochs" ->
          new Video.Memory(
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

  /** An address that stays the same for the same domain and card. */
  private static String mac(Draft draft, int index) {
    String seed =
        draft.definition().uuid() + "/" + draft.definition().name() + "/interface/" + index;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return String.format(Locale.ROOT, "52:54:00:%02x:%02x:%02x", hash[0], hash[1], hash[2]);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
