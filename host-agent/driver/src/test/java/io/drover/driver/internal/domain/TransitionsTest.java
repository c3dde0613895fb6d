package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.StateReason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of a phase and a trigger, legal and illegal, against a table written by hand. */
class TransitionsTest {
  /** The columns. A dash: the pair changes nothing. After a slash: libvirt's event, if any. */
  private static final List<Phase> PHASES =
      List.of(
          Phase.STARTING,
          Phase.RUNNING,
          Phase.PAUSED,
          Phase.PMSUSPENDED,
          Phase.SHUTDOWN,
          Phase.CRASHED,
          Phase.UNRESPONSIVE);

  private static final String EXPECTED =
      """
      RESUMED: RUNNING_BOOTED/STARTED_BOOTED | - | RUNNING_UNPAUSED/RESUMED_UNPAUSED \
      | RUNNING_UNPAUSED/RESUMED_UNPAUSED | RUNNING_BOOTED/RESUMED_UNPAUSED \
      | RUNNING_BOOTED/RESUMED_UNPAUSED | RUNNING_UNPAUSED
      STOPPED: PAUSED_USER | PAUSED_USER/SUSPENDED_PAUSED | PAUSED_USER \
      | PAUSED_USER/SUSPENDED_PAUSED | - | - | PAUSED_USER
      SUSPENDED_TO_MEMORY: PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY \
      | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY \
      | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY | - | - | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY
      SUSPENDED_TO_DISK: PMSUSPENDED_UNKNOWN/PMSUSPENDED_DISK \
      | PMSUSPENDED_UNKNOWN/PMSUSPENDED_DISK | PMSUSPENDED_UNKNOWN/PMSUSPENDED_DISK \
      | PMSUSPENDED_UNKNOWN/PMSUSPENDED_DISK | - | - | PMSUSPENDED_UNKNOWN/PMSUSPENDED_DISK
      WOKEN_UP: - | - | - | RUNNING_WAKEUP/STARTED_WAKEUP | - | - | RUNNING_WAKEUP/STARTED_WAKEUP
      PANICKED: CRASHED_PANICKED/CRASHED_PANICKED | CRASHED_PANICKED/CRASHED_PANICKED \
      | CRASHED_PANICKED/CRASHED_PANICKED | CRASHED_PANICKED/CRASHED_PANICKED | - | - \
      | CRASHED_PANICKED/CRASHED_PANICKED
      GUEST_SHUT_DOWN: SHUTDOWN_UNKNOWN/SHUTDOWN_GUEST | SHUTDOWN_UNKNOWN/SHUTDOWN_GUEST \
      | SHUTDOWN_UNKNOWN/SHUTDOWN_GUEST | SHUTDOWN_UNKNOWN/SHUTDOWN_GUEST | - | - \
      | SHUTDOWN_UNKNOWN/SHUTDOWN_GUEST
      HOST_SHUT_DOWN: SHUTDOWN_USER/SHUTDOWN_HOST | SHUTDOWN_USER/SHUTDOWN_HOST \
      | SHUTDOWN_USER/SHUTDOWN_HOST | SHUTDOWN_USER/SHUTDOWN_HOST | SHUTDOWN_USER \
      | SHUTDOWN_USER | SHUTDOWN_USER/SHUTDOWN_HOST
      STAYS_PAUSED: PAUSED_USER | - | PAUSED_USER | - | - | - | -
      FOUND_RUNNING: RUNNING_UNKNOWN | - | RUNNING_UNKNOWN/RESUMED_UNPAUSED \
      | RUNNING_UNKNOWN/RESUMED_UNPAUSED | RUNNING_UNKNOWN/RESUMED_UNPAUSED \
      | RUNNING_UNKNOWN/RESUMED_UNPAUSED | RUNNING_UNKNOWN
      FOUND_PAUSED: - | PAUSED_UNKNOWN/SUSPENDED_PAUSED | - | PAUSED_UNKNOWN/SUSPENDED_PAUSED \
      | PAUSED_UNKNOWN/SUSPENDED_PAUSED | PAUSED_UNKNOWN/SUSPENDED_PAUSED | PAUSED_UNKNOWN
      FOUND_NOT_STARTED: - | PAUSED_USER/SUSPENDED_PAUSED | - | PAUSED_USER/SUSPENDED_PAUSED \
      | PAUSED_USER/SUSPENDED_PAUSED | PAUSED_USER/SUSPENDED_PAUSED | PAUSED_USER
      FOUND_SHUT_DOWN: SHUTDOWN_UNKNOWN/SHUTDOWN_FINISHED | SHUTDOWN_UNKNOWN/SHUTDOWN_FINISHED \
      | SHUTDOWN_UNKNOWN/SHUTDOWN_FINISHED | SHUTDOWN_UNKNOWN/SHUTDOWN_FINISHED \
      | SHUTDOWN_UNKNOWN | SHUTDOWN_UNKNOWN | SHUTDOWN_UNKNOWN/SHUTDOWN_FINISHED
      FOUND_SUSPENDED: PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY \
      | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY \
      | PMSUSPENDED_UNKNOWN | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY \
      | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY | PMSUSPENDED_UNKNOWN/PMSUSPENDED_MEMORY
      FOUND_PANICKED: CRASHED_PANICKED/CRASHED_PANICKED | CRASHED_PANICKED/CRASHED_PANICKED \
      | CRASHED_PANICKED/CRASHED_PANICKED | CRASHED_PANICKED/CRASHED_PANICKED \
      | CRASHED_PANICKED/CRASHED_PANICKED | CRASHED_PANICKED | CRASHED_PANICKED/CRASHED_PANICKED
      FOUND_IO_ERROR: PAUSED_IOERROR | PAUSED_IOERROR/SUSPENDED_IOERROR | PAUSED_IOERROR \
      | PAUSED_IOERROR/SUSPENDED_IOERROR | PAUSED_IOERROR/SUSPENDED_IOERROR \
      | PAUSED_IOERROR/SUSPENDED_IOERROR | PAUSED_IOERROR
      FOUND_WATCHDOG: PAUSED_WATCHDOG | PAUSED_WATCHDOG/SUSPENDED_WATCHDOG | PAUSED_WATCHDOG \
      | PAUSED_WATCHDOG/SUSPENDED_WATCHDOG | PAUSED_WATCHDOG/SUSPENDED_WATCHDOG \
      | PAUSED_WATCHDOG/SUSPENDED_WATCHDOG | PAUSED_WATCHDOG
      MONITOR_LOST: UNRESPONSIVE_MONITOR | UNRESPONSIVE_MONITOR | UNRESPONSIVE_MONITOR \
      | UNRESPONSIVE_MONITOR | UNRESPONSIVE_MONITOR | UNRESPONSIVE_MONITOR | UNRESPONSIVE_MONITOR
      """;

  private static Map<Trigger, List<String>> rows() {
    Map<Trigger, List<String>> rows = new LinkedHashMap<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] parts = line.split(": ", 2);
      rows.put(
          Trigger.valueOf(parts[0]),
          Arrays.stream(parts[1].split("\\|", -1)).map(String::strip).toList());
    }
    return rows;
  }

  private static Stream<Arguments> pairs() {
    return rows().entrySet().stream()
        .flatMap(
            row ->
                PHASES.stream()
                    .map(
                        phase ->
                            Arguments.of(
                                phase, row.getKey(), row.getValue().get(PHASES.indexOf(phase)))));
  }

  @ParameterizedTest(name = "{0} on {1} becomes {2}")
  @MethodSource("pairs")
  void thePairIs(Phase phase, Trigger trigger, String expected) {
    Optional<Transitions.Step> step = Transitions.of(phase, trigger, StateReason.PAUSED_USER);
    assertThat(step.map(TransitionsTest::words).orElse("-")).isEqualTo(expected);
  }

  private static String words(Transitions.Step step) {
    return step.reason() + (step.detail() == null ? "" : "/" + step.detail());
  }

  @Test
  void everyPairIsTold() {
    assertThat(rows().keySet()).containsExactly(Trigger.values());
    assertThat(rows().values()).allSatisfy(row -> assertThat(row).hasSize(PHASES.size()));
    assertThat(PHASES).hasSize(Phase.values().length - 1).doesNotContain(Phase.SHUTOFF);
  }

  @Test
  void nothingLeavesTheEnd() {
    for (Trigger trigger : Trigger.values()) {
      assertThat(Transitions.of(Phase.SHUTOFF, trigger, StateReason.PAUSED_USER)).isEmpty();
    }
  }

  @Test
  void aPauseHasTheReasonThatWasAnnounced() {
    assertThat(Transitions.of(Phase.RUNNING, Trigger.STOPPED, StateReason.PAUSED_IOERROR))
        .hasValueSatisfying(
            step -> assertThat(words(step)).isEqualTo("PAUSED_IOERROR/SUSPENDED_IOERROR"));
    assertThat(Transitions.of(Phase.RUNNING, Trigger.STOPPED, StateReason.PAUSED_WATCHDOG))
        .hasValueSatisfying(
            step -> assertThat(words(step)).isEqualTo("PAUSED_WATCHDOG/SUSPENDED_WATCHDOG"));
  }
}
