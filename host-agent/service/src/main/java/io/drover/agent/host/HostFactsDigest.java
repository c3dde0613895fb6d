package io.drover.agent.host;

import io.drover.contracts.report.HostReport.Accelerator;
import io.drover.driver.Emulator;
import io.drover.driver.HostCapabilities;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what the driver found out about its emulators. A digest over all of it costs more than
 * the rest of a report: it is made once for each finding. For one thread.
 */
public final class HostFactsDigest implements Supplier<HostFacts> {
  private final Supplier<HostCapabilities> capabilities;
  private @Nullable HostCapabilities known;
  private @Nullable HostFacts facts;

  /**
   * @param capabilities of the driver; the first call may take some seconds
   */
  public HostFactsDigest(Supplier<HostCapabilities> capabilities) {
    this.capabilities = capabilities;
  }

  @Override
  public HostFacts get() {
    HostCapabilities now = capabilities.get();
    HostFacts last = facts;
    if (last != null && isAsKnown(now)) {
      return last;
    }
    HostFacts fresh = facts(now);
    known = now;
    facts = fresh;
    return fresh;
  }

  private boolean isAsKnown(HostCapabilities now) {
    HostCapabilities before = known;
    return before != null
        && before.emulators().equals(now.emulators())
        && before.accelerators().equals(now.accelerators());
  }

  private static HostFacts facts(HostCapabilities capabilities) {
    List<Accelerator> accelerators =
        capabilities.accelerators().stream()
            .map(each -> new Accelerator(each.name(), each.usable(), each.reason()))
            .toList();
    String version = capabilities.emulatorFor("x86_64").map(Emulator::version).orElse("");
    return new HostFacts(
        accelerators, version, HostFacts.sha256(capabilities.emulators() + " " + accelerators));
  }
}
