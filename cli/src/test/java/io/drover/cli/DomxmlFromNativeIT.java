package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code domxml-from-native}: what it prints, says and exits with. */
class DomxmlFromNativeIT {
  private static final String LINE =
      "/usr/bin/qemu-system-x86_64 -nodefaults -name it\\'s -M q35 -m 128 -uuid"
          + " c7a5fdbd-edaf-9455-926a-d65c16db1809 -device virtio-rng-pci";

  @TempDir Path folder;

  private Invocation.Result run(String content, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("line"), content);
    String[] arguments = new String[options.length + 3];
    arguments[0] = "domxml-from-native";
    arguments[1] = "qemu-argv";
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[arguments.length - 1] = file.toString();
    return new Invocation(folder).run(arguments);
  }

  @Test
  void printsADefinitionThatIsTheSameCommandLineAgain() throws Exception {
    Invocation.Result result = run(LINE);

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("<name>it's</name>", "<rng model='virtio'>");
    Path xml = Files.writeString(folder.resolve("again.xml"), result.out());
    Invocation.Result again =
        new Invocation(folder).run("domxml-to-native", "qemu-argv", "--json", xml.toString());
    assertThat(again.out()).contains("c7a5fdbd-edaf-9455-926a-d65c16db1809", "virtio-rng-pci");

    Invocation.Result andBack = run(again.out());
    assertThat(andBack.status()).as(andBack.err()).isZero();
    assertThat(andBack.out()).contains("<name>it's</name>", "<rng model='virtio'>");
  }

  @Test
  void namesAllThatIsNotKnownAndIsRefused() throws Exception {
    Invocation.Result result = run(LINE + " -icount shift=3 -device odd,x=1");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("-icount shift=3 is not known", "-device odd,x=1 is not known");
  }

  @Test
  void handsItOnWhenItIsToldTo() throws Exception {
    Invocation.Result result = run(LINE + " -icount shift=3", "--pass-on");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).contains("passed on: -icount shift=3");
    assertThat(result.out()).contains("<qemu:arg value='-icount'/>", "<qemu:arg value='shift=3'/>");
  }

  @Test
  void refusesWhatIsNoCommandLine() throws Exception {
    assertThat(run("qemu -name 'open").err()).contains("The quote at 11 is not closed.");
    assertThat(run("qemu -name a\0b").err()).contains("U+0000");
    assertThat(run("[1, 2]").err()).contains("no array of words");
    assertThat(run("{\"argv\": \"qemu\"}").status()).isEqualTo(8);
    Files.write(folder.resolve("latin"), new byte[] {'q', ' ', (byte) 0xe4});
    assertThat(
            new Invocation(folder)
                .run("domxml-from-native", "qemu-argv", folder.resolve("latin").toString())
                .err())
        .contains("not in UTF-8");
  }
}
