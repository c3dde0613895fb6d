package io.drover.driver.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.JobClass;
import io.drover.driver.JobInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DomainJobsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong(5);
  private final DomainJobs jobs = new DomainJobs("d", () -> NOON, nanos::get);

  private static JobRequest request(String id, JobClass jobClass) {
    return new JobRequest(id, "op-" + id, "bob", jobClass, Set.of(), Duration.ofMinutes(1));
  }

  private static void refusedAs(ErrorCode code, Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theOwnerAndTheDeadlineOfAJobAreSeen() {
    RunningJob job = jobs.enter(request("a", JobClass.MODIFY));
    job.progress(3, 10);
    JobInfo seen = jobs.list().get(0);
    assertThat(seen.owner()).isEqualTo("bob");
    assertThat(seen.operation()).isEqualTo("op-a");
    assertThat(seen.state()).isEqualTo(JobInfo.State.RUNNING);
    assertThat(seen.since()).isEqualTo(NOON);
    assertThat(seen.deadline()).isEqualTo(NOON.plusSeconds(60));
    assertThat(seen.progress()).isEqualTo(new JobInfo.Progress(3, 10));
    job.close();
    assertThat(jobs.list()).isEmpty();
  }

  @Test
  void theNextOneRunsWhenTheFirstHasLeft() throws Exception {
    RunningJob first = jobs.enter(request("a", JobClass.MODIFY));
    RunningJob second = jobs.enter(request("b", JobClass.SUSPEND));
    assertThat(second.info().state()).isEqualTo(JobInfo.State.WAITING);
    CompletableFuture<Void> turn = CompletableFuture.runAsync(second::awaitTurn);
    first.close();
    turn.get(10, TimeUnit.SECONDS);
    assertThat(second.info().state()).isEqualTo(JobInfo.State.RUNNING);
  }

  @Test
  void endingTheDomainWaitsForNobody() {
    jobs.enter(request("a", JobClass.MODIFY));
    jobs.enter(request("b", JobClass.MODIFY));
    RunningJob destroy = jobs.enter(request("c", JobClass.DESTROY));
    destroy.awaitTurn();
    assertThat(destroy.info().state()).isEqualTo(JobInfo.State.RUNNING);
  }

  @Test
  void oneThatWaitedInVainNamesWhoHoldsTheDomain() {
    jobs.enter(request("a", JobClass.MODIFY));
    RunningJob late = jobs.enter(request("b", JobClass.MODIFY));
    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThatThrownBy(late::awaitTurn)
        .hasMessageContaining("op-a of bob")
        .satisfies(e -> refusedAs(ErrorCode.TIMED_OUT, e));
    assertThat(jobs.list()).hasSize(1);
    assertThat(late.left()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aWaitingJobIsAbortedAtOnce() {
    jobs.enter(request("a", JobClass.MODIFY));
    RunningJob waiting = jobs.enter(request("b", JobClass.MODIFY));
    jobs.abort("b");
    assertThatThrownBy(waiting::awaitTurn).satisfies(e -> refusedAs(ErrorCode.INVALID_STATE, e));
    assertThat(jobs.list()).extracting(JobInfo::id).containsExactly("a");
  }

  @Test
  void aRunningJobIsAbortedIfItCanBe() {
    RunningJob job = jobs.enter(request("a", JobClass.MODIFY));
    assertThatThrownBy(() -> jobs.abort("a"))
        .hasMessageContaining("cannot be aborted while it runs");
    AtomicBoolean asked = new AtomicBoolean();
    job.abortBy(() -> asked.set(true));
    jobs.abort("a");
    assertThat(asked).isTrue();
    assertThat(job.aborted()).isTrue();
    assertThatThrownBy(() -> jobs.abort("nobody"))
        .satisfies(e -> refusedAs(ErrorCode.NOT_FOUND, e));
  }

  @Test
  void anIdIsTakenOnce() {
    jobs.enter(request("a", JobClass.MODIFY));
    assertThatThrownBy(() -> jobs.enter(request("a", JobClass.ASYNC)))
        .satisfies(e -> refusedAs(ErrorCode.INVALID_STATE, e));
  }

  @Test
  void theEndOfTheDomainEndsTheWaiting() {
    jobs.enter(request("a", JobClass.MODIFY));
    RunningJob waiting = jobs.enter(request("b", JobClass.MODIFY));
    jobs.close();
    assertThatThrownBy(waiting::awaitTurn).hasMessageContaining("has ended");
    assertThatThrownBy(() -> jobs.enter(request("c", JobClass.MODIFY)))
        .hasMessageContaining("has ended");
  }
}
