package io.drover.hostcli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.Invocation;
import io.drover.cli.Invocation.Result;
import io.drover.contracts.json.ContractJson;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code capabilities} and {@code domcapabilities}, with the installed QEMU. */
@Timeout(120)
class CapabilitiesIT {
  /** One home for all, so that QEMU is asked once. */
  @TempDir static Path home;

  @TempDir Path folder;

  private Invocation invocation() {
    return new Invocation(folder).with("HOME", home.toString());
  }

  @Test
  void theHostsDocumentIsXmlOrJson() throws Exception {
    Result xml = invocation().run("capabilities");
    assertThat(xml.status()).isZero();
    assertThat(xml.out()).startsWith("<capabilities>").contains(">q35</machine>", "<cells num=");

    Result json = invocation().run("capabilities", "--output", "json");
    JsonNode host = ContractJson.mapper().readTree(json.out());
    assertThat(host.path("emulators").get(0).path("arch").asText()).isEqualTo("x86_64");
    assertThat(host.path("host").path("cells").size()).isPositive();
  }

  @Test
  void aDomainsDocumentIsXmlOrJson() throws Exception {
    String[] asked = {"domcapabilities", "--machine", "q35", "--virttype", "qemu"};
    Result xml = invocation().run(asked);
    assertThat(xml.status()).isZero();
    assertThat(xml.out()).startsWith("<domainCapabilities>").contains("<domain>qemu</domain>");

    Result json =
        invocation().run("domcapabilities", "--machine", "q35", "--virttype", "qemu", "-o", "json");
    JsonNode domain = ContractJson.mapper().readTree(json.out());
    assertThat(domain.path("machine").asText()).startsWith("pc-q35-");
    assertThat(domain.path("cpu").path("models").size()).isPositive();
  }

  @Test
  void anUnknownMachineIsRefused() {
    Result result = invocation().run("domcapabilities", "--machine", "teapot");
    assertThat(result.status()).isEqualTo(8);
    assertThat(result.err()).contains("has no machine 'teapot'");
  }

  @Test
  void aBrokenEmulatorIsNamedAndLeftOut() throws Exception {
    Path broken = Files.writeString(folder.resolve("qemu-system-x86_64"), "#!/bin/sh\nexit 3\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();

    Result result = invocation().with("PATH", folder.toString()).run("capabilities");

    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("left out", broken.toString(), "status 3");
    assertThat(result.out()).contains("<emulator>/usr/bin/qemu-system-x86_64</emulator>");
  }

  @Test
  void otherAnswersHaveNoXml() {
    Result result =
        invocation()
            .with("DROVER_SERVER", "http://localhost:1")
            .with("DROVER_TOKEN", "token-1")
            .run("host", "list", "--output", "xml");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("has no XML");
  }
}
