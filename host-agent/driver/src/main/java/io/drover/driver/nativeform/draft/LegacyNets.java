package io.drover.driver.nativeform.draft;

import io.drover.driver.nativeform.line.NativeOption;
import io.drover.driver.nativeform.line.Values;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code -net nic} and {@code -net user}: cards and back ends, which meet in their order. */
public final class LegacyNets {
  private final Deque<Markup> cards = new ArrayDeque<>();
  private final Deque<Markup> connections = new ArrayDeque<>();
  private final Deque<String> models = new ArrayDeque<>();

  public void card(Values values) {
    Markup card = new Markup("interface");
    String mac = values.take("macaddr");
    if (mac != null) {
      card.add("mac").with("address", mac);
    }
    models.add(values.take("model", ""));
    values.take("netdev");
    values.take("name");
    cards.add(card);
  }

  public void connection(Markup connection) {
    connections.add(connection);
  }

  /** Adds the cards with what they are connected to. */
  public void finish(NativeDraft draft) {
    while (!cards.isEmpty()) {
      Markup card = cards.remove();
      String model = models.remove();
      Markup connection = connections.poll();
      Markup nic = draft.devices().add("interface");
      nic.merge(connection == null ? new Markup("interface").with("type", "user") : connection);
      nic.merge(card);
      nic.add("model").with("type", model(draft, model.isEmpty() ? null : model));
      draft.networkSaid();
    }
    connections.forEach(
        each -> draft.unknownParts(new NativeOption("-net", null), Map.of("nic", "none")));
  }

  /** libvirt's word for a card's model; the machine's own when none is said. */
  public static String model(NativeDraft draft, @Nullable String model) {
    if (model == null) {
      return draft.q35() ? "e1000e" : "e1000";
    }
    return model.startsWith("virtio") ? "virtio" : model;
  }
}
