package io.drover.secrets.key.model;

import static io.drover.secrets.key.model.ReleaseDecision.NOT_YET_GRANTED;
import static io.drover.secrets.key.model.ReleaseDecision.REFUSE_ALREADY_RELEASED;
import static io.drover.secrets.key.model.ReleaseDecision.REFUSE_FORGED_GRANT;
import static io.drover.secrets.key.model.ReleaseDecision.REFUSE_NO_GRANT;
import static io.drover.secrets.key.model.ReleaseDecision.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.SubjectId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReleaseDecisionTest {
  private static final KeyId KEY = new KeyId(new UUID(1, 1));
  private static final UUID DOMAIN = new UUID(2, 2);
  private static final HostId HOST = new HostId(new UUID(3, 3));
  private static final HostId OTHER_HOST = new HostId(new UUID(3, 4));
  private static final CommandId COMMAND = new CommandId(new UUID(4, 4));
  private static final CommandId OTHER_COMMAND = new CommandId(new UUID(4, 5));
  private static final ReleaseRequest REQUEST =
      new ReleaseRequest(KEY, new SubjectId(DOMAIN), 7, COMMAND, HOST);

  @Test
  void theHostOfTheClaimGetsTheKey() {
    assertThat(decide(grant(HOST, false, Optional.empty()))).isEqualTo(RELEASE);
  }

  @Test
  void theSameCommandMayAskAgain() {
    assertThat(decide(grant(HOST, false, Optional.of(COMMAND)))).isEqualTo(RELEASE);
  }

  @Test
  void anotherCommandOfTheSameClaimIsRefused() {
    assertThat(decide(grant(HOST, false, Optional.of(OTHER_COMMAND))))
        .isEqualTo(REFUSE_ALREADY_RELEASED);
  }

  @Test
  void anotherHostIsRefused() {
    assertThat(decide(grant(OTHER_HOST, false, Optional.empty()))).isEqualTo(REFUSE_NO_GRANT);
  }

  @Test
  void anEndedClaimIsRefusedEvenToTheCommandThatHadTheKey() {
    assertThat(decide(grant(HOST, true, Optional.of(COMMAND)))).isEqualTo(REFUSE_NO_GRANT);
  }

  @Test
  void aRowThatThisServiceHasNotWrittenReleasesNothing() {
    Grant put = grant(HOST, false, Optional.empty()).withGenuine(false);
    assertThat(decide(put)).isEqualTo(REFUSE_FORGED_GRANT);
  }

  @Test
  void aGrantMayStillBeOnItsWay() {
    assertThat(ReleaseDecision.decide(Optional.empty(), REQUEST)).isEqualTo(NOT_YET_GRANTED);
  }

  private static ReleaseDecision decide(Grant grant) {
    return ReleaseDecision.decide(Optional.of(grant), REQUEST);
  }

  private static Grant grant(HostId host, boolean revoked, Optional<CommandId> releasedTo) {
    return Grant.genuine(KEY, DOMAIN, 7, host, revoked, releasedTo);
  }
}
