package io.drover.definition.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.validation.Validation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every legal definition; a failure prints its seed and the smallest one found. */
class RandomDefinitionsTest {
  private static final Pattern ID = Pattern.compile("(?:\"(?:id|node-name)\":\"|[, ]id=)([^\",]+)");
  private static final Pattern BUS = Pattern.compile("\"bus\":\"([^\"]+)\"");
  private static final Pattern BOOT = Pattern.compile("\"bootindex\":(\\d+)");

  @Provide
  static Arbitrary<String> definitions() {
    return RandomDefinitions.any();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void writingAndReadingAndCompletingAgainChangeNothing(@ForAll("definitions") String xml) {
    DomainDefinition given = DomainXml.read(xml);
    assertThat(DomainXml.read(DomainXml.write(given))).isEqualTo(given);

    DomainDefinition completed = completed(xml);
    DomainDefinition reread = DomainXml.read(DomainXml.write(completed));
    assertThat(reread).isEqualTo(completed);
    assertThat(PostParse.complete(reread, EmulatorFacts.offline())).isEqualTo(completed);
    assertThat(Validation.of(given, false)).isEmpty();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void noTwoDevicesShareAnAddressAnAliasOrABootOrder(@ForAll("definitions") String xml) {
    List<Device> devices = completed(xml).devices();
    assertThat(present(devices.stream().map(device -> place(device)))).doesNotHaveDuplicates();
    assertThat(present(devices.stream().filter(named()).map(device -> device.info().alias())))
        .doesNotHaveDuplicates();
    assertThat(present(devices.stream().map(device -> device.info().bootOrder())))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void theCommandLineHasEachIdOnceAndEveryBusThatItNames(@ForAll("definitions") String xml) {
    List<String> argv = NativeArgv.of(xml);
    List<String> ids = found(ID, argv);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(found(BOOT, argv)).doesNotHaveDuplicates();
    Set<String> buses = new HashSet<>(List.of("pci.0", "pcie.0", "ide.0", "ide.1", "ide.2"));
    buses.addAll(List.of("ide.3", "ide.4", "ide.5"));
    for (String id : ids) {
      buses.add(id);
      for (int port = 0; port < 8; port++) {
        buses.add(id + "." + port);
      }
    }
    assertThat(buses).containsAll(found(BUS, argv));
  }

  private static DomainDefinition completed(String xml) {
    return PostParse.complete(DomainXml.read(xml), EmulatorFacts.offline());
  }

  /** A companion has the name of its group; a console that is a serial port has the port's. */
  private static Predicate<Device> named() {
    return device ->
        !(device instanceof Controller controller && controller.startPort() != null)
            && !(device instanceof CharacterDevice character
                && character.element().equals("console")
                && "serial".equals(character.targetType()));
  }

  /** A console that is a serial port seen again is where that is. */
  private static Object place(Device device) {
    Address address = device.info().address();
    if (address instanceof Address.Pci pci) {
      return pci.withMultifunction(null);
    }
    return address == null ? device : List.of(device.getClass(), address, bus(device));
  }

  private static Object bus(Device device) {
    return device instanceof Disk disk ? String.valueOf(disk.target().bus()) : "";
  }

  private static List<Object> present(Stream<?> all) {
    return all.filter(Objects::nonNull).map(each -> (Object) each).toList();
  }

  private static List<String> found(Pattern pattern, List<String> argv) {
    List<String> found = new ArrayList<>();
    for (String word : argv) {
      Matcher matcher = pattern.matcher(word);
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }
}
