package io.drover.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Database;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What gateway, scheduler, secrets-service, hosts and the kernel say of the same things. */
record Agreement(RunningSuite suite, Project project) {
  /** Fails where two of them differ. */
  void check() throws Exception {
    Database database = new Database(suite);
    none(
        database,
        "operations that have no end",
        "select id, kind, name from gateway.operations where state = 'RUNNING'");
    sums(database);
    domains(database);
    keys(database);
    new VolumeFolders(suite, database).check();
  }

  private static void sums(Database database) throws Exception {
    for (String what : List.of("vcpus", "memory_mib")) {
      none(
          database,
          "hosts whose used " + what + " are not the sum of their claims",
          """
          select h.name, h.used_%1$s, sum(c.%1$s) from scheduler.host h
            left join scheduler.claim c on c.host_id = h.id
            group by h.name, h.used_%1$s having h.used_%1$s <> coalesce(sum(c.%1$s), 0)"""
              .formatted(what));
    }
    none(
        database,
        "hosts whose used disk is not the sum of their volumes",
        """
        select h.name, h.used_disk_bytes, sum(v.size_bytes) from scheduler.host h
          left join scheduler.volume v on v.host_id = h.id
          group by h.name, h.used_disk_bytes
          having h.used_disk_bytes <> coalesce(sum(v.size_bytes), 0)""");
  }

  private void domains(Database database) throws Exception {
    Map<String, Integer> running = Doubles.running(suite);
    List<String> claimed =
        database.rows("select domain_id from scheduler.claim").stream()
            .map(row -> row.get(0))
            .toList();
    assertThat(running.keySet())
        .as("processes and claims")
        .containsExactlyInAnyOrderElementsOf(claimed);
    JsonNode domains = project.api().get(project.path("domains?pageSize=200")).json();
    List<String> shown = new ArrayList<>();
    for (JsonNode domain : domains.path("items")) {
      if (domain.path("phase").asText().equals("RUNNING")) {
        shown.add(domain.path("id").asText());
      }
    }
    assertThat(running.keySet())
        .as("processes and phases")
        .containsExactlyInAnyOrderElementsOf(shown);
    assertThat(running.values()).allMatch(count -> count == 1);
  }

  private static void keys(Database database) throws Exception {
    none(
        database,
        "released grants of no claim",
        """
        select g.key_id, g.subject, g.generation, g.host_id from secrets.key_grant g
          where g.released_at is not null and g.revoked_at is null
            and not exists (select 1 from scheduler.claim c where c.domain_id = g.subject
              and c.generation = g.generation and c.host_id = g.host_id)
            and not exists (select 1 from scheduler.volume v where v.id = g.subject
              and v.generation = g.generation and v.state = 'CREATING')""");
    none(
        database,
        "volumes whose keys are destroyed or missing",
        """
        select v.name, v.key_id from gateway.volumes v
          where v.phase = 'READY' and v.key_id is not null and not exists (
            select 1 from secrets.disk_key k where k.key_id = v.key_id and k.sealed is not null)""");
    none(
        database,
        "keys of no volume",
        """
        select k.key_id, k.volume_id from secrets.disk_key k
          where k.destroyed_at is null
            and not exists (select 1 from gateway.volumes v where v.id = k.volume_id)""");
  }

  static void none(Database database, String what, String query) throws Exception {
    assertThat(database.rows(query)).as(what).isEmpty();
  }
}
