package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code -net nic} and {@code -net user}: cards and back ends, which meet in their order. */
public final class LegacyNets {
  private final Deque<MutableElement> cards = new ArrayDeque<>();
  private final Deque<MutableElement> connections = new ArrayDeque<>();
  private final Deque<String> models = new ArrayDeque<>();

  public void card(Values values) {
    MutableElement card = new MutableElement("interface");
    String mac = values.take("macaddr");
    if (mac != null) {
      card.add("mac").with("address", mac);
    }
    models.add(values.take("model", ""));
    values.take("netdev");
    values.take("name");
    cards.add(card);
  }

  public void connection(MutableElement connection) {
    connections.add(connection);
  }

  /** Adds the cards with what they are connected to. */
  public void finish(ParsedCommandLine draft) {
    while (!cards.isEmpty()) {
      MutableElement card = cards.remove();
      String model = models.remove();
      MutableElement connection = connections.poll();
      MutableElement nic = draft.devices().add("interface");
      nic.merge(
          connection == null ? new MutableElement("interface").with("type", "user") : connection);
      nic.merge(card);
      nic.add("model").with("type", model(draft, model.isEmpty() ? null : model));
      draft.networkSaid();
    }
    connections.forEach(
        each -> draft.unknownParts(new NativeOption("-net", null), Map.of("nic", "none")));
  }

  /** libvirt's word for a card's model; the machine's own when none is said. */
  public static String model(ParsedCommandLine draft, @Nullable String model) {
    if (model == null) {
      return draft.q35() ? "e1000e" : "e1000";
    }
    return model.startsWith("virtio") ? "virtio" : model;
  }
}
