package io.drover.driver.local;

import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A program of its own for tests: starts a guest, says so, and waits to be killed. */
final class EmbeddingProgram {
  private EmbeddingProgram() {}

  public static void main(String[] arguments) {
    LocalDriver driver =
        LocalDriver.open(DriverLayout.under(Path.of(arguments[0])), DriverOptions.defaults());
    DomainId id = DomainId.parse(arguments[1]);
    LocalDomain domain =
        driver.start(
            id,
            StartOptions.plain().withTags(Map.of("generation", "3")),
            BareGuest.plan(id, driver.layout().log()));
    System.out.println("started " + domain.pid());
    System.out.flush();
    domain.awaitEnd(Duration.ofMinutes(5));
  }
}
