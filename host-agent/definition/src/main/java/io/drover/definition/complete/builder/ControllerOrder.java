package io.drover.definition.complete.builder;

import io.drover.contracts.definition.device.Controller;
import java.util.ArrayList;
import java.util.List;

/** The order that libvirt keeps the controllers of a definition in; addresses are given in it. */
final class ControllerOrder {
  private ControllerOrder() {}

  /** By index among those of a type; types stand as they first came, and so do equal indexes. */
  static List<Controller> of(List<Controller> given) {
    List<Controller> sorted = new ArrayList<>();
    for (Controller controller : given) {
      sorted.add(place(sorted, controller), controller);
    }
    return sorted;
  }

  private static int place(List<Controller> sorted, Controller added) {
    int at = -1;
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Controller other = sorted.get(i);
      if (!other.type().equals(added.type())) {
        continue;
      }
      if (added.index() == null) {
        return i + 1;
      }
      int index = other.index() == null ? -1 : other.index();
      boolean companion = other.startPort() != null && added.startPort() == null;
      if (index > added.index() || (companion && index == added.index())) {
        at = i; // a master comes before its companions
      } else if (at < 0) {
        at = i + 1;
      }
    }
    return at < 0 ? sorted.size() : at;
  }
}
