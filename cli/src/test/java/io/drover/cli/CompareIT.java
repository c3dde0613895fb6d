package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareIT {
  private static final String XML =
      """
      <domain type='qemu'>
        <name>web</name><memory unit='MiB'>128</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices>
          <disk type='file' device='disk'>
            <source file='/a'/><target dev='vda' bus='virtio'/>
          </disk>
        </devices>
      </domain>
      """;

  @TempDir Path folder;

  private Invocation.Result compared(String source, String target) throws IOException {
    Path one = Files.writeString(folder.resolve("one.xml"), source);
    Path two = Files.writeString(folder.resolve("two.xml"), target);
    return new Invocation(folder).run("domain", "compare", one.toString(), two.toString());
  }

  @Test
  void anotherImageIsTheSameToTheGuest() throws IOException {
    Invocation.Result result = compared(XML, XML.replace("'/a'", "'/b'"));

    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("same guest ABI\n");
  }

  @Test
  void namesTheFirstDifferenceWithBothValues() throws IOException {
    Invocation.Result result = compared(XML, XML.replace("'vda'", "'vdb'"));

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.out())
        .endsWith(
            "two.xml: /domain/devices/disk/target/@dev:"
                + " The guest has 'vda' here and would get 'vdb'.\n");
  }

  @Test
  void saysWhichFileIsNoDefinition() throws IOException {
    Invocation.Result result = compared(XML, "<domain/>");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.err()).contains("two.xml");
  }
}
