package io.drover.definition.argv.storage;

import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import java.util.List;

/**
 * How QEMU reaches the bytes of an image.
 *
 * @param objects the secrets and certificates that the members name
 * @param props the members that say where; who asks adds the node's name
 */
public record Storage(List<JsonOption> objects, Props props) {
  public Storage {
    objects = List.copyOf(objects);
  }

  static Storage of(Props props) {
    return new Storage(List.of(), props);
  }
}
