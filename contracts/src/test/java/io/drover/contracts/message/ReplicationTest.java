package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplicationTest {
  @Test
  void aTopicHasThreeCopiesWhereThereAreSoManyBrokers() {
    assertThat(Replication.of(1)).isEqualTo(new Replication((short) 1, 1));
    assertThat(Replication.of(2)).isEqualTo(new Replication((short) 2, 1));
    assertThat(Replication.of(3)).isEqualTo(new Replication((short) 3, 2));
    assertThat(Replication.of(9)).isEqualTo(new Replication((short) 3, 2));
  }

  @Test
  void oneCopyFewerThanAllAcknowledgeARecord() {
    assertThat(Replication.copies(5)).isEqualTo(new Replication((short) 5, 4));
  }
}
