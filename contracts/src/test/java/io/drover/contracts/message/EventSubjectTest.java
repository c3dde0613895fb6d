package io.drover.contracts.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.SubjectId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventSubjectTest {
  private static final SubjectId SUBJECT = new SubjectId(UUID.randomUUID());
  private static final ProjectId PROJECT = new ProjectId(UUID.randomUUID());
  private static final OperationId OPERATION = new OperationId(UUID.randomUUID());

  @Test
  void theHeadersOfARecordNameItsOperation() {
    assertThat(EventSubject.ofOperation(headers(Map.of())))
        .contains(new EventSubject(SUBJECT, PROJECT, OPERATION, 7));
    assertThat(EventSubject.ofOperation(headers(Map.of("ce_projectid", "", "ce_generation", ""))))
        .contains(new EventSubject(SUBJECT, null, OPERATION, 0));
  }

  @Test
  void headersWithoutAnOperationNameNone() {
    assertThat(EventSubject.ofOperation(Map.of())).isEmpty();
    assertThat(EventSubject.ofOperation(headers(Map.of("ce_operationid", "")))).isEmpty();
    assertThat(EventSubject.ofOperation(headers(Map.of("ce_operationid", "x")))).isEmpty();
    assertThat(EventSubject.ofOperation(headers(Map.of("ce_subject", "1-1-1-1-1")))).isEmpty();
    assertThat(EventSubject.ofOperation(headers(Map.of("ce_generation", "many")))).isEmpty();
  }

  private static Map<String, byte[]> headers(Map<String, String> changes) {
    Map<String, String> all = new HashMap<>();
    all.put("ce_subject", SUBJECT.toString());
    all.put("ce_projectid", PROJECT.toString());
    all.put("ce_operationid", OPERATION.toString());
    all.put("ce_generation", "7");
    all.putAll(changes);
    Map<String, byte[]> headers = new HashMap<>();
    all.forEach((name, value) -> headers.put(name, value.getBytes(UTF_8)));
    return headers;
  }
}
