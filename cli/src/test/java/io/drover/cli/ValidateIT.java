package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code domain validate}, which needs no server. */
class ValidateIT {
  private static final String GOOD =
      """
      <domain type='qemu'>
        <name>web</name>
        <memory unit='MiB'>128</memory>
        <vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices>%s</devices>
      </domain>
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("good.xml"), GOOD.formatted(""));
    Files.writeString(folder.resolve("bad.xml"), GOOD.formatted("\n  <teapot/>"));
    Files.writeString(folder.resolve("host.xml"), GOOD.formatted("<emulator>/bin/sh</emulator>"));
    Files.writeString(folder.resolve("dtd.xml"), "<!DOCTYPE d [<!ENTITY a 'b'>]><domain/>");
  }

  private Invocation.Result run(String... arguments) {
    return new Invocation(folder).run(arguments);
  }

  @Test
  void aGoodDefinitionIsValid() {
    Invocation.Result result = run("domain", "validate", "good.xml");

    assertThat(result.out()).isEqualTo("good.xml: valid\n");
    assertThat(result.status()).isZero();
  }

  @Test
  void everyFileIsCheckedAndFaultsHaveTheirPlaces() {
    Invocation.Result result = run("domain", "validate", "bad.xml", "dtd.xml", "good.xml");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.out())
        .contains("bad.xml: /domain/devices/teapot: <teapot> is not", "(line 7, column ")
        .contains("dtd.xml: ")
        .endsWith("good.xml: valid\n");
  }

  @Test
  void theOnlyFaultIsSaidOnce() {
    assertThat(run("domain", "validate", "bad.xml").out())
        .containsOnlyOnce("<teapot> is not an element")
        .endsWith("  code: UNSUPPORTED_ELEMENT (1004)\n");
  }

  @Test
  void aFileThatCannotBeReadDoesNotEndTheRun() {
    Invocation.Result result = run("domain", "validate", "none.xml", ".", "good.xml");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out())
        .contains("none.xml: There is no file none.xml.\n", ".: . cannot be read: Is a directory.")
        .endsWith("good.xml: valid\n");
    assertThat(run("domain", "validate", "none.xml", "bad.xml").status()).isEqualTo(8);
  }

  @Test
  void aNameThatNoFileCanHaveIsSaidToBeNone() {
    Invocation.Result result = run("domain", "validate", "a\0b");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).contains("is not a file name here");
  }

  @Test
  void faultsOfTheRulesComeWithThoseOfTheDocumentAndHaveTheirLines() throws IOException {
    Files.writeString(
        folder.resolve("rules.xml"),
        GOOD.formatted(
            "\n  <teapot/>\n  <disk type='file'><source file='/a'/><target dev='hda' bus='ide'/>"
                + "</disk>\n  <video><model type='cirrus' heads='2'/></video>"));
    assertThat(run("domain", "validate", "rules.xml").out())
        .startsWith("rules.xml: 3 faults.\n")
        .contains(
            "at /domain/devices/teapot (line 7, column 4): ",
            "at /domain/devices/disk (line 8, column 4): disk 'hda': IDE controllers",
            "at /domain/devices/video (line 9, column 4): ");
  }

  @Test
  void whatOnlyOperatorsMayAskForIsRefusedOnRequest() {
    assertThat(run("domain", "validate", "host.xml").status()).isZero();
    assertThat(run("domain", "validate", "--tenant", "host.xml").out())
        .contains("/domain/devices/emulator", "Only an operator");
  }

  @Test
  void standardInputIsAFileToo() {
    assertThat(
            new Invocation(folder).input(GOOD.formatted("")).run("domain", "validate", "-").out())
        .isEqualTo("-: valid\n");
  }
}
