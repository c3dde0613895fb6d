package io.drover.definition.fromargv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.fromargv.NativeDefinition.Unknown;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command line of every golden definition, read back, gives the same options again: the guest
 * is the same machine and the host's side is kept.
 */
class GoldenNativeDefinitionTest {
  /** What a command line does not tell, by the golden file that has it. */
  private static final Map<String, String> NOT_TOLD =
      Map.of(
          "disk-curl", "cookie-secret", // and not the cookies
          "disk-lun-iscsi-reservations", "pr-manager-helper", // that nothing uses
          "disk-descriptors", "/dev/fdset/", // and not the files
          "displays-spice-headless", "password=on", // and not the password
          "host-devices", "scsi-generic", // a file in /dev, and not the adapter that it is of
          "qemu-namespace", "x-txtimer", // given to QEMU as it is; PASSED_ON keeps it
          "system-tables-and-tuning", "dh-cert-file", // names of files, and not what is in them
          "virtiofs-and-9p", "fsdriver=handle"); // a driver that QEMU has no more

  /** Definitions with a part that comes only once QEMU runs, and so is on no command line. */
  private static final Set<String> LATER = Set.of("disk-transient");

  static List<String> names() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".argv"))
          .map(name -> name.substring(0, name.length() - ".argv".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void comesBackFromItsCommandLine(String name) throws IOException, URISyntaxException {
    List<String> argv = Files.readAllLines(folder().resolve(name + ".argv"));
    String notTold = NOT_TOLD.get(name);
    if (notTold != null) {
      assertThatThrownBy(() -> NativeDefinition.of(argv, Unknown.REFUSED))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused ->
                  assertThat(refused.problem().errors())
                      .anyMatch(fault -> fault.detail().contains(notTold)));
      return;
    }

    NativeDefinition read = NativeDefinition.of(argv, Unknown.REFUSED);

    assertThat(read.passedOn()).isEmpty();
    if (!LATER.contains(name)) {
      assertThat(options(again(read))).isEqualTo(options(argv));
    }
  }

  /** The order of options and the numbers of block nodes follow from the order of the disks. */
  private static List<String> options(List<String> argv) {
    List<String> options = new ArrayList<>();
    for (String word : argv) {
      String plain = word.replaceAll("libvirt-\\d+", "libvirt-N");
      int last = options.size() - 1;
      if (last < 0 || word.startsWith("-")) {
        options.add(plain);
      } else {
        options.set(last, options.get(last) + " " + plain);
      }
    }
    return options.stream().sorted().toList();
  }

  /** The definition takes the way through its text, as a person's would. */
  private static List<String> again(NativeDefinition read) {
    return NativeArgv.of(
        DomainXml.read(DomainXml.write(read.definition())), EmulatorFacts.offline());
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(GoldenNativeDefinitionTest.class.getResource("/golden").toURI());
  }
}
