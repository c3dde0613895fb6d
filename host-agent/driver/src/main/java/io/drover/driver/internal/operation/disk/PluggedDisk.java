package io.drover.driver.internal.operation.disk;

import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.operation.disk.DiskPlans.Opening;
import io.drover.driver.internal.qmp.BlockDevices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens and closes a disk's images in a QEMU that runs. What is there already, or gone, is fine.
 */
final class PluggedDisk {
  private static final String SECRET = "secret";

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
