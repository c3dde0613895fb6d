package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The definitions of the golden files. */
final class GoldenDefinitions {
  private GoldenDefinitions() {}

  /** The names of those that have a command line. */
  static List<String> accepted() throws IOException, URISyntaxException {
    Path folder = folder();
    return GoldenArgvTest.names().stream()
        .filter(name -> Files.exists(folder.resolve(name + ".argv")))
        .toList();
  }

  static DomainDefinition given(String name) throws IOException, URISyntaxException {
    return DomainXml.read(Files.readString(folder().resolve(name + ".xml")));
  }

  static DomainDefinition completed(String name) throws IOException, URISyntaxException {
    return PostParse.complete(given(name), EmulatorFacts.offline());
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(GoldenDefinitions.class.getResource("/golden").toURI());
  }
}
