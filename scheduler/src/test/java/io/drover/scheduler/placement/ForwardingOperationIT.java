package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationForwarded;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.operation.Suspend;
import io.drover.scheduler.RememberingSender;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Operations on running domains pass the scheduler, which reads no more than who has the domain.
 */
class ForwardingOperationIT {
  private final Stage stage = new Stage();
  private final UUID domain = UUID.randomUUID();
  private final UUID volume = UUID.randomUUID();
  private final KeyId key = new KeyId(UUID.randomUUID());

  @BeforeEach
  void aHostWithAVolume() {
    stage.report(report("a", 7, 1, NOW, 8));
    stage.command(stage.placeVolume(volume));
    stage.sender.take();
  }

  @Test
  void anOperationGoesToTheHostOfTheDomainAfterItsKeysWereNamed() {
    start();
    OperateDomain asked = operate(new VolumeAttachment(new VolumeId(volume), "data", key));
    stage.command(asked);
    List<OutgoingRecord> sent = stage.sender.take();
    assertThat(RememberingSender.open(sent.get(0)).data())
        .isEqualTo(new OperationForwarded(id("a"), List.of(key)));
    assertThat(RememberingSender.open(sent.get(0)).operationId())
        .isEqualTo(asked.header().operationId());
    OperateDomain forwarded = (OperateDomain) RememberingSender.open(sent.get(1)).data();
    assertThat(forwarded.header().generation()).isEqualTo(1);
    assertThat(forwarded.header().hostEpoch()).isEqualTo(7);
    assertThat((Object) forwarded.operation()).isEqualTo(new Suspend());
    assertThat(forwarded.volumes()).isEqualTo(asked.volumes());
    stage.command(asked);
    assertThat(stage.sender.take()).isEqualTo(sent);
  }

  @Test
  void anAbortGoesTheSameWay() {
    start();
    OperationId aborted = new OperationId(UUID.randomUUID());
    stage.command(new AbortOperation(stage.header(domain), aborted));
    AbortOperation forwarded = (AbortOperation) stage.sender.takeMessages().get(0);
    assertThat(forwarded.aborted()).isEqualTo(aborted);
    assertThat(forwarded.header().hostEpoch()).isEqualTo(7);
  }

  @Test
  void withoutAClaimTheOperationFails() {
    stage.command(operate());
    assertThat(failure().problem().code()).isEqualTo(ErrorCode.INVALID_STATE);
    stage.command(new AbortOperation(stage.header(domain), new OperationId(UUID.randomUUID())));
    assertThat(failure().operation()).isEqualTo("abort");
  }

  @Test
  void whatHasExpiredFailsAndTheDomainRunsOn() {
    start();
    OperateDomain late = operate();
    stage.now = late.header().expiresAt().plusSeconds(1);
    stage.command(late);
    OperationFailed failed = failure();
    assertThat(failed.problem().code()).isEqualTo(ErrorCode.EXPIRED);
    assertThat(failed.running()).isTrue();
  }

  @Test
  void aVolumeOfAnotherHostIsRefused() {
    start();
    stage.command(operate(new VolumeAttachment(new VolumeId(UUID.randomUUID()), "elsewhere", key)));
    assertThat(failure().problem().detail()).contains("elsewhere");
  }

  private void start() {
    stage.command(stage.place(domain, 1));
    stage.event(domain, 1, new DomainStarted(id("a"), "tcg"));
    stage.sender.take();
  }

  private OperateDomain operate(VolumeAttachment... volumes) {
    return new OperateDomain(stage.header(domain), new Suspend(), List.of(volumes));
  }

  private OperationFailed failure() {
    List<Object> said = stage.sender.takeMessages();
    assertThat(said).hasSize(1);
    return (OperationFailed) said.get(0);
  }
}
