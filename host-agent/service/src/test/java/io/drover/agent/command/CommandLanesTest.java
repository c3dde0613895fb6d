package io.drover.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.operation.JobClass;
import io.drover.contracts.operation.Suspend;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandLanesTest {
  private final CommandLanes lanes = new CommandLanes();
  private final HostCommand start = new StartDomain(header(), "d", "<domain/>", List.of());
  private final HostCommand destroy = new StopDomain(header(), StopMode.DESTROY);
  private final HostCommand shutDown = new StopDomain(header(), StopMode.SHUT_DOWN);
  private final HostCommand operate = new OperateDomain(header(), new Suspend(), List.of());
  private final HostCommand abort = new AbortOperation(header(), new OperationId(new UUID(1, 9)));

  @Test
  void aDestroyPassesOperationsAndShutdowns() {
    assertThat(laneOf(operate)).isEqualTo(JobClass.MODIFY);
    assertThat(laneOf(shutDown)).isEqualTo(JobClass.MODIFY);
    assertThat(laneOf(destroy)).isEqualTo(JobClass.DESTROY);
  }

  @Test
  void aDestroyWaitsForTheStartThatItIsToEnd() {
    lanes.enter(start);
    lanes.enter(start);
    assertThat(laneOf(destroy)).isEqualTo(JobClass.MODIFY);
    lanes.left(start);
    assertThat(laneOf(destroy)).isEqualTo(JobClass.MODIFY);
    lanes.left(start);
    assertThat(laneOf(destroy)).isEqualTo(JobClass.DESTROY);
  }

  @Test
  void theQuestionWhetherADomainRunsWaitsForItsTurn() {
    HostCommand question = new StopDomain(header(), StopMode.CONFIRM_END);
    assertThat(laneOf(question)).isEqualTo(JobClass.MODIFY);
    lanes.enter(start);
    assertThat(laneOf(question)).isEqualTo(JobClass.MODIFY);
  }

  @Test
  void anAbortPassesAll() {
    lanes.enter(start);
    assertThat(laneOf(abort)).isEqualTo(JobClass.ABORT);
  }

  private JobClass laneOf(HostCommand command) {
    JobClass lane = lanes.enter(command).jobClass();
    lanes.left(command);
    return lane;
  }

  private static CommandHeader header() {
    return new CommandHeader(
        new CommandId(new UUID(1, 1)),
        new OperationId(new UUID(1, 2)),
        new ProjectId(new UUID(1, 3)),
        new UUID(1, 4),
        1,
        1,
        Instant.EPOCH,
        new Cause("alice", "test"),
        false);
  }
}
