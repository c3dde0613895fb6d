package io.drover.driver.internal.operation.disk;

import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.operation.disk.DiskPlans.Opening;
import io.drover.driver.internal.qmp.BlockDevices;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes a disk's images in a QEMU that runs. What is there already, or gone, is fine.
 */
final class PluggedDisk {
  private static final Logger LOG = LoggerFactory.getLogger(PluggedDisk.class);
  private static final String SECRET = "secret";

  /** QEMU frees what a removed device has held some 10 ms later, under load after seconds. */
  private static final int MAX_LOOKS = 100;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private PluggedDisk() {}

  /** Opens the images: keys and secrets, nodes, and then neither keys nor secrets any more. */
  static void open(RunningGuest guest, Opening opening) {
    for (Map<String, Object> key : opening.keys()) {
      guest.execute(BlockDevices.addObject(key));
    }
    for (JsonOption object : opening.part().objects()) {
      guest.execute(BlockDevices.addObject(object.members()));
    }
    for (JsonOption node : opening.part().blockdevs()) {
      guest.execute(BlockDevices.add(node.members()));
    }
    removeSecrets(guest, opening);
  }

  private static void removeSecrets(RunningGuest guest, Opening opening) {
    for (JsonOption object : opening.part().objects()) {
      if (SECRET.equals(object.members().get("qom-type"))) {
        guest.execute(BlockDevices.removeObject(object.id()));
      }
    }
    for (Map<String, Object> key : opening.keys()) {
      guest.execute(BlockDevices.removeObject(String.valueOf(key.get("id"))));
    }
  }

  /** Closes the images of a disk that no device uses, and removes what was made for them. */
  static void close(RunningGuest guest, DevicePart part, List<String> keys) {
    awaitReleased(guest, top(part));
    Set<String> nodes = guest.execute(BlockDevices.nodes()).keySet();
    for (JsonOption node : reversed(part.blockdevs())) {
      if (nodes.contains(node.id())) {
        guest.execute(BlockDevices.remove(node.id()));
      }
    }
    Set<String> objects = guest.execute(BlockDevices.objects());
    List<String> made =
        new ArrayList<>(reversed(part.objects()).stream().map(JsonOption::id).toList());
    made.addAll(keys);
    for (String object : made) {
      if (objects.contains(object)) {
        guest.execute(BlockDevices.removeObject(object));
      }
    }
  }

  /**
   * A removed device is gone from QEMU's tree of objects before its image is released. {@code
   * DEVICE_DELETED} tells the end of one that had worked, and nothing that of one that never did.
   * What is still used then, QEMU refuses to close.
   */
  private static void awaitReleased(RunningGuest guest, String node) {
    if (!guest.execute(BlockDevices.used()).contains(node)) {
      return;
    }
    try (QmpListener deleted = guest.listen(event -> event.name().equals("DEVICE_DELETED"))) {
      for (int look = 0; look < MAX_LOOKS; look++) {
        if (!guest.execute(BlockDevices.used()).contains(node)) {
          return;
        }
        lookAgain(deleted);
      }
    }
  }

  private static void lookAgain(QmpListener deleted) {
    try {
      deleted.await(LOOK_AGAIN);
    } catch (QmpException.TimedOut e) {
      LOG.debug("QEMU still has the image of a removed disk open: {}", e.getMessage());
    }
  }

  /** The node that the device uses. */
  static String top(DevicePart part) {
    List<JsonOption> nodes = part.blockdevs();
    return nodes.isEmpty() ? "" : nodes.get(nodes.size() - 1).id();
  }

  private static List<JsonOption> reversed(List<JsonOption> options) {
    List<JsonOption> reversed = new ArrayList<>(options);
    Collections.reverse(reversed);
    return reversed;
  }
}
