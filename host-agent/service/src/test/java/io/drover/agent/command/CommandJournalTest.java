package io.drover.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offset is kept after the dispatch: a command must be known without it. */
class CommandJournalTest {
  private static final StartDomain START =
      new StartDomain(
          new CommandHeader(
              new CommandId(new UUID(1, 1)),
              new OperationId(new UUID(1, 2)),
              new ProjectId(new UUID(1, 3)),
              new UUID(1, 4),
              1,
              1,
              Instant.EPOCH,
              new Cause("alice", "test"),
              false),
          "d",
          "<domain/>",
          List.of());

  @TempDir Path folder;

  @Test
  void aCommandThatWasFinishedIsKnownToTheNextAgentWhateverTheOffset() {
    CommandJournal journal = CommandJournal.open(folder);
    assertThat(journal.accept(START, Map.of(), new byte[0])).isNotNull();
    journal.finish(START);

    CommandJournal next = CommandJournal.open(folder);

    assertThat(next.position()).isNull();
    assertThat(next.unfinished()).isEmpty();
    assertThat(next.accept(START, Map.of(), new byte[0])).isNull();
  }

  @Test
  void theNextAgentKnowsTheGenerationsOfWhatWasTakenAndTheEpochsItCoversEverythingOf()
      throws Exception {
    CommandJournal journal = CommandJournal.open(folder);
    assertThat(journal.epochs(7)).isEqualTo(new Epochs(7, 7));
    journal.accept(START, Map.of(), new byte[0]);
    journal.finish(START);
    Path done = folder.resolve("done");
    Files.writeString(done, "a-former/version\n" + Files.readString(done) + "a-cut/line 0000 ");

    CommandJournal next = CommandJournal.open(folder);

    assertThat(next.epochs(9)).isEqualTo(new Epochs(7, 9));
    assertThat(next.generations()).containsExactly(Map.entry(START.header().subject(), 1L));
    assertThat(next.isKnown(START)).isTrue();
  }

  @Test
  void theOffsetOutlivesTheAgent() {
    CommandJournal.open(folder).moveTo(new CommandJournal.Position("topic-id", 7));

    assertThat(CommandJournal.open(folder).position())
        .isEqualTo(new CommandJournal.Position("topic-id", 7));
  }
}
