package io.drover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code domxml-to-native} as a process of its own, as programs run it. */
class DomxmlToNativeIT {
  private static final String XML =
      """
      <domain type='qemu'>
        <name>it's web</name>
        <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
        <memory unit='MiB'>128</memory>
        <vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
      </domain>
      """;

  @TempDir Path folder;

  private record Ended(int status, List<String> out, String err) {}

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("web.xml"), XML);
    Files.writeString(folder.resolve("bad.xml"), "<domain><teapot/></domain>");
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(DroverCli.class.getName());
    command.addAll(List.of("domxml-to-native", "qemu-argv"));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out.lines().toList(), Files.readString(err));
  }

  @Test
  void eachFileIsOneJsonObjectNamedAsGivenAndErrorsDoNotEndTheRun() throws Exception {
    String absolute = folder.resolve("web.xml").toString();

    Ended ended = run("--json", "bad.xml", "web.xml", "none.xml", absolute);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(8);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : ended.out()) {
      lines.add(ContractJson.mapper().readTree(line));
    }
    assertThat(lines)
        .extracting(line -> line.path("file").asText())
        .containsExactly("bad.xml", "web.xml", "none.xml", absolute);
    assertThat(lines.get(0).path("error").asText())
        .contains("at /domain/teapot (line 1, column 9): <teapot> is not an element", "code: ");
    assertThat(lines.get(2).path("error").asText()).contains("There is no file none.xml");
    assertThat(lines.get(1).path("argv")).isEqualTo(lines.get(3).path("argv"));
    List<String> argv = new ArrayList<>();
    lines.get(1).path("argv").forEach(each -> argv.add(each.asText()));
    assertThat(argv)
        .startsWith("/usr/bin/qemu-system-x86_64", "-name", "guest=it's web,debug-threads=on", "-S")
        .contains("c7a5fdbd-edaf-9455-926a-d65c16db1809");
  }

  @Test
  void withoutJsonItIsALineForAShell() throws Exception {
    Ended ended = run("web.xml");

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).hasSize(1);
    assertThat(ended.out().get(0))
        .startsWith("LC_ALL=C PATH=")
        .contains(
            " HOME='/var/lib/libvirt/qemu/domain--1-it'\\''s web' ",
            " /usr/bin/qemu-system-x86_64 -name 'guest=it'\\''s web,debug-threads=on' -S ");
  }
}
