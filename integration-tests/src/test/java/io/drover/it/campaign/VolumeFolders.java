package io.drover.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.suite.Database;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SuiteData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The volumes in the folders of hosts, and what scheduler and gateway say of them. */
record VolumeFolders(RunningSuite suite, Database database) {
  /** Fails where a file is missing, or lies where no volume is. */
  void check() throws Exception {
    Agreement.none(
        database,
        "volumes that gateway and scheduler do not both have, on the same host",
        """
        select g.id, g.name, g.phase, g.host_name, s.id, s.host_id, s.state
          from (select * from gateway.volumes where phase = 'READY') g
          full join scheduler.volume s on s.id = g.id and s.host_id = g.host_id
          where g.id is null or s.id is null or s.state <> 'READY'""");
    List<String> bound = new ArrayList<>();
    for (List<String> row :
        database.rows(
            "select h.name, v.id from scheduler.volume v join scheduler.host h on h.id = v.host_id")) {
      bound.add(row.get(0) + " " + row.get(1));
    }
    List<String> contents = new ArrayList<>();
    List<String> records = new ArrayList<>();
    for (int host = 1; host <= suite.suite().options().hosts(); host++) {
      String name = host == 1 ? "local" : "host-" + host;
      Path root = new SuiteData(suite.data()).rootOf(host);
      for (String file : files(root.resolve("volumes"))) {
        contents.add(name + " " + file);
      }
      for (String file : files(root.resolve("agent/volumes"))) {
        records.add(name + " " + file.replace(".json", ""));
      }
    }
    assertThat(contents).as("files of volumes").containsExactlyInAnyOrderElementsOf(bound);
    assertThat(records).as("records of volumes").containsExactlyInAnyOrderElementsOf(bound);
  }

  private static List<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
