package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.plan.LaunchPlan;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.TimeoutClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A QEMU whose answer nobody foresaw: its start fails as any other does. */
class UnexpectedReplyIT {
  private static final QmpCommand<QmpCommand.EmptyReply> ODD =
      new QmpCommand<>(
          "query-status",
          Map.of(),
          reply -> {
            throw new IllegalStateException("odd");
          },
          TimeoutClass.QUERY);

  @Test
  void itLeavesNeitherAQemuNorARecord(@TempDir Path root) throws Exception {
    try (LocalDriver driver = TestDriver.open(DriverLayout.under(root), DriverOptions.defaults())) {
      DomainId id = BareGuest.newId();
      assertThatThrownBy(
              () ->
                  driver.start(
                      id,
                      StartOptions.plain(),
                      folder -> odd(BareGuest.plan(id, driver.layout().log()).apply(folder))))
          .hasMessageContaining("odd");
      assertThat(driver.domains()).isEmpty();
      assertThat(driver.unknownQemus()).isEmpty();
      try (Stream<Path> left = Files.list(driver.layout().state())) {
        assertThat(left).containsExactly(driver.layout().state().resolve("driver.pid"));
      }
    }
  }

  private static LaunchPlan odd(LaunchPlan plan) {
    return plan.withBeforeBoot(
        new LaunchPlan.BeforeBoot(
            List.of(), plan.beforeBoot().vcpus(), plan.beforeBoot().threads(), List.of(ODD)));
  }
}
