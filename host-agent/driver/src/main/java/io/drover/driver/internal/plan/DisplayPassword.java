package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Graphics;
import io.drover.driver.internal.qmp.DisplayAccess;
import io.drover.driver.internal.qmp.QmpExecutor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A display's password, on its way from the definition to QEMU: never on a command line, nor in the
 * journal, nor in a log.
 *
 * @param protocol vnc or spice
 */
public record DisplayPassword(String protocol, Graphics.Password password) {
  static List<DisplayPassword> of(DomainDefinition definition) {
    List<DisplayPassword> found = new ArrayList<>();
    for (Graphics graphics : definition.devices(Graphics.class)) {
      if (graphics.password() != null) {
        found.add(new DisplayPassword(graphics.type(), graphics.password()));
      }
    }
    return List.copyOf(found);
  }

  /** The definition as everybody may see it. */
  public static DomainDefinition hidden(DomainDefinition definition) {
    return definition.withEach(Graphics.class, graphics -> graphics.withPassword(null));
  }

  /** Tells QEMU, before the guest runs; without its password a display lets nobody in. */
  public void set(QmpExecutor domain, Instant now) {
    domain.execute(
        DisplayAccess.setPassword(
            protocol, password.value(), Optional.ofNullable(password.connected())));
    domain.execute(DisplayAccess.expirePassword(protocol, expiry(now)));
  }

  private String expiry(Instant now) {
    String until = password.validTo();
    if (until == null) {
      return "never";
    }
    Instant end = LocalDateTime.parse(until).toInstant(ZoneOffset.UTC);
    // QEMU takes a time in the past for one in the future of a clock that is wrong.
    return end.isAfter(now) ? Long.toString(end.getEpochSecond()) : "now";
  }
}
