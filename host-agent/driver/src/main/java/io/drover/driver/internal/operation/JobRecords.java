package io.drover.driver.internal.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.internal.job.JobRequest;
import io.drover.driver.internal.journal.JobRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads, writes and replaces the records of jobs in what is journalled of a domain. */
final class JobRecords {
  private static final Logger LOG = LoggerFactory.getLogger(JobRecords.class);

  /** The ended ones that are kept, for a caller that was killed and asks again. */
  private static final int MAX_ENDED = 16;

  private JobRecords() {}

  static JobRecord begun(JobRequest request, LiveOperation<?> operation, Instant now) {
    return new JobRecord(
        request.id(),
        request.owner(),
        now,
        now.plus(request.deadline()),
        json(operation),
        Map.of(),
        "",
        "");
  }

  static String json(Object value) {
    return new String(ContractJson.write(value), StandardCharsets.UTF_8);
  }

  /** The operation of a record; empty when this driver does not know it. */
  static Optional<LiveOperation<?>> operation(JobRecord record) {
    try {
      return Optional.of(ContractJson.mapper().readValue(record.operation(), LiveOperation.class));
    } catch (JsonProcessingException e) {
      LOG.error("The operation of the job {} cannot be read: {}", record.id(), record.operation());
      return Optional.empty();
    }
  }

  /** The result of a record that has ended well; its problem is thrown otherwise. */
  static LiveResult result(JobRecord record) {
    if (record.result().isEmpty()) {
      throw new ProblemException(
          ContractJson.read(record.problem().getBytes(StandardCharsets.UTF_8), Problem.class));
    }
    return result(record.result());
  }

  /** The result that {@link #json} has written. */
  static LiveResult result(String json) {
    return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), LiveResult.class);
  }

  static Optional<JobRecord> find(RunningGuest guest, String id) {
    return guest.jobs().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** Adds it, and forgets the oldest of those that have ended. */
  static RunningGuest.Live added(RunningGuest.Live live, JobRecord record) {
    List<JobRecord> jobs = new ArrayList<>(live.jobs());
    jobs.removeIf(each -> each.id().equals(record.id()));
    List<JobRecord> ended = jobs.stream().filter(JobRecord::ended).toList();
    if (ended.size() >= MAX_ENDED) {
      jobs.remove(ended.get(0));
    }
    jobs.add(record);
    return live.withJobs(jobs);
  }

  static RunningGuest.Live changed(
      RunningGuest.Live live, String id, UnaryOperator<JobRecord> change) {
    return live.withJobs(
        live.jobs().stream()
            .map(each -> each.id().equals(id) ? change.apply(each) : each)
            .toList());
  }
}
