package io.drover.driver.internal.domain;

import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.folder.DomainFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A program of its own for tests: starts a guest, says so, and waits to be killed. With a third
 * argument it dies as by SIGKILL right after the step of this name, or starts this definition.
 */
final class EmbeddingProgram {
  private static final int KILLED = 137;

  private EmbeddingProgram() {}

  public static void main(String[] arguments) {
    LocalDriver driver =
        TestDriver.open(DriverLayout.under(Path.of(arguments[0])), TestDriver.options());
    DomainId id = DomainId.parse(arguments[1]);
    String last = arguments.length > 2 ? arguments[2] : "";
    StartOptions options =
        StartOptions.plain()
            .withTags(Map.of("generation", "3"))
            .withSteps(
                (step, startedAt, duration) -> {
                  if (step.stepName().equals(last)) {
                    Runtime.getRuntime().halt(KILLED);
                  }
                });
    Domain domain =
        last.startsWith("<domain")
            ? driver.start(last, options)
            : driver.start(
                id,
                options,
                folder -> {
                  plantMasterKey(folder);
                  return BareGuest.plan(id, driver.layout().log()).apply(folder);
                });
    System.out.println("started " + domain.pid());
    System.out.flush();
    domain.awaitEnd(Duration.ofMinutes(5));
  }

  private static void plantMasterKey(DomainFolder folder) {
    try {
      Files.write(folder.masterKey(), new byte[32]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
