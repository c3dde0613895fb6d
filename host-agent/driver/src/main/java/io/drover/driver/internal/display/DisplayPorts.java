package io.drover.driver.internal.display;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.settings.AutomaticDisplays;
import io.drover.driver.internal.settings.DisplaySettings;
import io.drover.driver.internal.settings.PortRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The TCP ports that the displays of one driver's domains have. A port is picked when a domain is
 * started and stands in its running definition, by which the next driver knows it; it is free again
 * when the domain has ended. No two domains have the same, whatever address they listen on.
 * Thread-safe.
 */
public final class DisplayPorts implements HostResource<DisplayPortPlan, DisplayPortRecord> {
  private static final String WEBSOCKET = "websocket";
  private static final String PICK = "-1";
  private static final String LOCALHOST = "127.0.0.1";
  private final AutomaticDisplays rules;
  private final boolean spiceTls;
  private final PortTrial trial;
  private final Map<DomainId, Set<Integer>> portsByDomain = new HashMap<>();

  public DisplayPorts(DisplaySettings settings, PortTrial trial) {
    this.rules = settings.automatic();
    this.spiceTls = settings.spiceTls();
    this.trial = trial;
  }

  @Override
  public Class<DisplayPortPlan> planType() {
    return DisplayPortPlan.class;
  }

  @Override
  public ResourceKind<DisplayPortRecord> kind() {
    return DisplayPortRecord.KIND;
  }

  @Override
  public boolean acquiredByPlanning() {
    return true;
  }

  @Override
  public DisplayPortRecord prepare(DisplayPortPlan plan) {
    return DisplayPortRecord.of(plan.id(), plan.assigned());
  }

  @Override
  public void acquire(DisplayPortPlan plan, DisplayPortRecord held) {
    // planning has picked them
  }

  @Override
  public void release(DisplayPortRecord held) {
    release(held.id());
  }

  @Override
  public synchronized void reattach(DisplayPortRecord held) {
    held.ports().forEach(port -> hold(held.id(), port));
  }

  /**
   * The definition with a port for each display that leaves it to the host, the lowest that is
   * free. The domain holds them, and those it names, until {@link #release}.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when the range has none left, {@code
   *     INVALID_DEFINITION} for an address that is not this host's, or a channel of SPICE that
   *     needs TLS where TLS is off
   */
  public synchronized DomainDefinition assign(DomainId id, DomainDefinition completed) {
    if (completed.devices(Graphics.class).isEmpty()) {
      return completed;
    }
    DomainDefinition open = completed.withEach(Graphics.class, this::opened);
    reattach(DisplayPortRecord.of(id, open));
    return open.withEach(Graphics.class, graphics -> pick(id, graphics));
  }

  public synchronized void release(DomainId id) {
    portsByDomain.remove(id);
  }

  private void hold(DomainId id, int port) {
    portsByDomain.computeIfAbsent(id, key -> new HashSet<>()).add(port);
  }

  static List<Integer> of(Graphics graphics) {
    List<Integer> ports = new ArrayList<>();
    if (graphics.port() != null) {
      ports.add(graphics.port());
    }
    if (graphics.tlsPort() != null) {
      ports.add(graphics.tlsPort());
    }
    String websocket = graphics.options().get(WEBSOCKET);
    if (websocket != null && !websocket.equals(PICK)) {
      ports.add(Integer.parseInt(websocket));
    }
    return ports;
  }

  /** Ports that stand beside {@code autoport='yes'} are those of an earlier run. */
  private Graphics opened(Graphics graphics) {
    boolean picked = Boolean.TRUE.equals(graphics.autoport());
    boolean forgotten = graphics.type().equals("spice") || !rules.vncSocket();
    return picked && forgotten ? graphics.withPicked(null, null) : graphics;
  }

  private Graphics pick(DomainId id, Graphics graphics) {
    return switch (graphics.type()) {
      case "vnc" -> websocket(id, vnc(id, graphics));
      case "spice" -> spice(id, graphics);
      default -> graphics;
    };
  }

  private Graphics vnc(DomainId id, Graphics graphics) {
    if (graphics.port() != null || rules.vncSocket() || !onAddress(graphics)) {
      return graphics;
    }
    Graphics shown = withAddress(graphics);
    return shown.withPicked(next(id, shown, rules.displays()), null);
  }

  private Graphics websocket(DomainId id, Graphics graphics) {
    if (!PICK.equals(graphics.options().get(WEBSOCKET))) {
      return graphics;
    }
    Map<String, String> options = new HashMap<>(graphics.options());
    options.put(WEBSOCKET, Integer.toString(next(id, graphics, rules.websockets())));
    return graphics.withOptions(options);
  }

  private Graphics spice(DomainId id, Graphics graphics) {
    boolean open = Boolean.TRUE.equals(graphics.autoport());
    if (!open || rules.spiceSocket() || !onAddress(graphics)) {
      return graphics;
    }
    SpicePorts needed = SpicePorts.of(graphics, spiceTls);
    Graphics shown = withAddress(graphics);
    Integer plain = needed.plain() ? (Integer) next(id, shown, rules.displays()) : null;
    Integer secure = needed.secure() ? (Integer) next(id, shown, rules.displays()) : null;
    return shown.withPicked(plain, secure);
  }

  private static boolean onAddress(Graphics graphics) {
    return graphics.socket() == null
        && graphics.listens().stream()
            .allMatch(listen -> listen.type().equals("address") || listen.type().equals("network"));
  }

  /** As in libvirt, the running definition tells where a viewer finds the display. */
  private static Graphics withAddress(Graphics graphics) {
    boolean said =
        graphics.listens().stream()
            .anyMatch(listen -> listen.address() != null || listen.type().equals("network"));
    return said
        ? graphics
        : graphics.withListens(List.of(new Graphics.Listen("address", LOCALHOST, null, null)));
  }

  private int next(DomainId id, Graphics graphics, PortRange range) {
    String address =
        graphics.listens().stream()
            .map(Graphics.Listen::address)
            .filter(given -> given != null)
            .findFirst()
            .orElse(LOCALHOST);
    trial.requireOwn(address);
    for (int port = range.first(); port <= range.last(); port++) {
      int candidate = port;
      boolean taken = portsByDomain.values().stream().anyMatch(ports -> ports.contains(candidate));
      if (!taken && trial.free(address, port)) {
        hold(id, port);
        return port;
      }
    }
    throw new ProblemException(
        ErrorCode.HOST_RESOURCE_MISSING,
        "No port from "
            + range.first()
            + " to "
            + range.last()
            + " is free on "
            + address
            + " for a display; end a domain or widen the range in this host's settings.");
  }
}
