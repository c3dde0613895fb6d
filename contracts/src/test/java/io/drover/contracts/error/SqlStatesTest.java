package io.drover.contracts.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {
  @ParameterizedTest
  @CsvSource({
    "08000, connection exception",
    "08001, client cannot connect",
    "08006, connection failure",
    "25006, server became a standby",
    "25P03, idle in a transaction for too long",
    "28P01, password refused",
    "3D000, database does not exist yet",
    "40001, serialization failure",
    "40P01, deadlock",
    "53100, disk full",
    "53200, out of memory",
    "53300, too many connections",
    "55006, object in use",
    "55P03, lock not available",
    "57014, statement cancelled or timed out",
    "57P01, administrator shutdown",
    "57P02, crash shutdown",
    "57P03, cannot connect now",
    "58030, input or output error",
  })
  void workThatFailedByThisStateIsTriedAgain(String state, String meaning) {
    assertThat(SqlStates.passes(state)).as(meaning).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "22001, value too long",
    "22021, character not in the repertoire",
    "23505, unique violation",
    "23514, check violation",
    "25001, active transaction",
    "42501, no privilege",
    "42601, syntax error",
    "42P01, no such table",
    "55000, object not in prerequisite state",
    "XX000, internal error",
    "P0001, raised by a function",
  })
  void workThatFailedByThisStateWouldFailAgain(String state, String meaning) {
    assertThat(SqlStates.passes(state)).as(meaning).isFalse();
  }

  @Test
  void aFailureOfTheDriverOrThePoolHasNoStateAndPasses() {
    assertThat(SqlStates.passes(null)).isTrue();
    assertThat(SqlStates.passes("")).isTrue();
  }
}
