package io.drover.driver.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.corpus.LibvirtCorpus;
import io.drover.definition.random.RandomDefinitions;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * libvirt makes the same machine of random definitions, where one is there: named by {@code
 * -Ddrover.virsh="virsh -q -c URI"}. What its command leaves out of network cards is left out.
 */
class RandomDefinitionsLibvirtIT {
  private static final int TRIES = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> VIRSH =
      List.of(System.getProperty("drover.virsh", "virsh -q -c qemu:///system").split(" "));

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> theGuestSeesTheSame() {
    Path tool = LibvirtCorpus.file("").resolve("../../tools/guest_abi.py").normalize();
    assumeTrue(Files.exists(tool), "There is no " + tool + " to compare with");
    assumeTrue(virsh("version"), VIRSH + " does not answer");
    int[] number = {0};
    return RandomDefinitions.some(TRIES).stream()
        .map(xml -> xml.replaceAll("(<interface.*?<model [^>]*>).*?</interface>", "$1</interface>"))
        .map(xml -> DynamicTest.dynamicTest("definition " + number[0]++, () -> compare(tool, xml)));
  }

  private static boolean virsh(String command) {
    try {
      return run(List.of(command)).exitStatus() == 0;
    } catch (RuntimeException e) {
      return false; // there is no such program
    }
  }

  private static ToolProcess.Result run(List<String> arguments) {
    List<String> command = new ArrayList<>(VIRSH);
    command.addAll(arguments);
    return ToolProcess.run(command, new byte[0], PATIENCE);
  }

  private void compare(Path tool, String xml) throws IOException {
    Path file = Files.writeString(folder.resolve("random.xml"), xml);
    ToolProcess.Result libvirt = run(List.of("domxml-to-native", "qemu-argv", file.toString()));
    assertThat(libvirt.exitStatus()).as(libvirt.output() + "\n" + xml).isZero();
    Path reference = Files.writeString(folder.resolve("libvirt.args"), libvirt.output());
    Path own = folder.resolve("drover.json");
    Files.write(own, new ObjectMapper().writeValueAsBytes(NativeArgv.of(xml)));
    ToolProcess.Result compared =
        ToolProcess.run(
            List.of("python3", tool.toString(), "diff", reference.toString(), own.toString()),
            "".getBytes(StandardCharsets.UTF_8),
            PATIENCE);
    assertThat(compared.exitStatus()).as(compared.output() + "\n" + xml).isZero();
  }
}
