package io.drover.driver.internal.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our commands, our command lines and our samples are held against QEMU's own schema. */
class QmpSchemaIT {
  /** The JSON of these options is the arguments of these commands. */
  private static final Map<String, String> COMMAND_OF_OPTION =
      Map.of("-blockdev", "blockdev-add", "-object", "object-add", "-netdev", "netdev_add");

  private static final Map<String, Long> EVERY_LIMIT =
      Stream.of("total", "read", "write")
          .flatMap(direction -> Stream.of(direction + "_bytes_sec", direction + "_iops_sec"))
          .flatMap(limit -> Stream.of(limit, limit + "_max", limit + "_max_length"))
          .collect(Collectors.toMap(Function.identity(), limit -> 7L));

  @TempDir static Path folder;
  private static MachineNone qemu;
  private static QmpSchema schema;

  @BeforeAll
  static void ask() throws IOException {
    qemu = MachineNone.start(folder);
    schema = new QmpSchema(qemu.connection().execute(QmpCommand.query("query-qmp-schema")));
  }

  @AfterAll
  static void end() {
    qemu.close();
  }

  @Test
  void qemuKnowsOurCommandsAndTheirArguments() {
    for (QmpCommand<?> command :
        List.of(
            RunState.queryStatus(),
            DisplayAccess.setPassword("vnc", "x", Optional.of("keep")),
            DisplayAccess.expirePassword("vnc", "never"),
            RunState.cont(),
            RunState.stop(),
            RunState.systemPowerdown(),
            RunState.systemReset(),
            RunState.quit(),
            DiskThrottling.set("vda", EVERY_LIMIT, "slow"),
            Descriptors.addFd(),
            Descriptors.getfd("x"))) {
      assertThat(schema.faultsOfArguments(command.name(), json(command.arguments()))).isEmpty();
    }
  }

  @Test
  void qemuKnowsAllThatOurGoldenCommandLinesSayInJson() throws Exception {
    List<String> faults = new ArrayList<>();
    int checked = 0;
    for (Path golden : goldens()) {
      List<String> words = Files.readAllLines(golden);
      for (int i = 0; i + 1 < words.size(); i++) {
        String command = COMMAND_OF_OPTION.get(words.get(i));
        if (command != null && words.get(i + 1).startsWith("{")) {
          checked++;
          schema
              .faultsOfArguments(command, ContractJson.mapper().readTree(words.get(i + 1)))
              .forEach(fault -> faults.add(golden.getFileName() + " " + fault));
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(checked).isGreaterThan(40);
  }

  @Test
  void theFakeSaysOnlyWhatAQemuCouldSay() throws IOException {
    try (FakeQmpServer fake = FakeQmpServer.listening(folder.resolve("fake"));
        QmpConnection session = MachineNone.connectTo(folder.resolve("fake"))) {
      QmpEvent shutdown =
          session.executeUntil(
              RunState.quit(),
              event -> event.name().equals("SHUTDOWN"),
              java.time.Duration.ofSeconds(30));
      assertThat(schema.faultsOfEvent(shutdown.name(), shutdown.data())).isEmpty();
      assertThat(fake.received()).contains("quit");
    }
    // The fake is a QEMU 7.2 here; 9.0 dropped the member.
    assertThat(schema.faultsOfReply("query-status", json(FakeQmpServer.STATUS)))
        .isSubsetOf("query-status has no member singlestep");
  }

  @Test
  void whatQemuDoesNotKnowIsFound() {
    assertThat(schema.faultsOfArguments("no-such-command", json(Map.of()))).isNotEmpty();
    assertThat(schema.faultsOfArguments("getfd", json(Map.of("fdname", 7)))).isNotEmpty();
    assertThat(schema.faultsOfArguments("getfd", json(Map.of())))
        .containsExactly("getfd lacks fdname");
    assertThat(
            schema.faultsOfArguments(
                "blockdev-add",
                json(Map.of("driver", "file", "filename", "/x", "diry-sync-count", 1))))
        .containsExactly("blockdev-add has no member diry-sync-count");
  }

  private static List<Path> goldens() throws IOException {
    Path golden =
        Path.of(
            System.getProperty("project.root", "../.."),
            "host-agent/definition/src/test/resources/golden");
    try (Stream<Path> files = Files.list(golden)) {
      return files.filter(file -> file.toString().endsWith(".argv")).sorted().toList();
    }
  }

  private static JsonNode json(Map<String, ?> arguments) {
    return ContractJson.mapper().valueToTree(arguments);
  }
}
