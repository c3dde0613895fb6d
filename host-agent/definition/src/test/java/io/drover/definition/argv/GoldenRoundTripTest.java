package io.drover.definition.argv;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainJson;
import io.drover.contracts.definition.DomainXml;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every definition of the golden files that is accepted is the same again after it was written. */
class GoldenRoundTripTest {
  static List<String> accepted() throws IOException, URISyntaxException {
    return GoldenDefinitions.accepted();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void isEqualAfterWritingAndReading(String name) throws IOException, URISyntaxException {
    DomainDefinition definition = GoldenDefinitions.given(name);

    assertThat(DomainXml.read(DomainXml.write(definition))).isEqualTo(definition);
    assertThat(DomainJson.read(DomainJson.write(definition))).isEqualTo(definition);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void staysTheSameMachineWhenItIsCompletedAgain(String name)
      throws IOException, URISyntaxException {
    DomainDefinition completed = GoldenDefinitions.completed(name);
    DomainDefinition again = DomainXml.read(DomainXml.write(completed));

    assertThat(PostParse.complete(again, EmulatorFacts.offline())).isEqualTo(completed);
  }
}
