package io.drover.it.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every version stands in the parent pom, and every plugin that is used has one. */
class VersionsTest {
  private static final Path PARENT = ProjectFiles.root().resolve("pom.xml");

  /** What the enforcer requires of the tools is a range, and pins nothing. */
  private static final Predicate<Element> PINS =
      version -> !version.getParentNode().getNodeName().startsWith("require");

  @Test
  void noModuleNamesAVersion() throws Exception {
    for (Path module : ProjectFiles.modules()) {
      assertThat(versionsIn(module.resolve("pom.xml"))).as(module.toString()).isEmpty();
    }
  }

  @Test
  void findsAVersionThatIsInTheWrongPlace(@TempDir Path folder) throws Exception {
    Path pom =
        Files.writeString(
            folder.resolve("pom.xml"),
            """
            <project>
              <parent><artifactId>drover</artifactId><version>1</version></parent>
              <properties><some.version>2</some.version></properties>
              <dependencies><dependency><artifactId>a</artifactId><version>3</version></dependency></dependencies>
            </project>
            """);
    assertThat(versionsIn(pom)).containsExactly("some.version=2", "dependency=3");
  }

  @Test
  void theParentPinsVersionsThatCannotMove() throws Exception {
    assertThat(elements(PARENT, "version").filter(PINS).map(Element::getTextContent))
        .allSatisfy(version -> assertThat(version).doesNotContain("LATEST", "RELEASE", "[", ","));
    assertThat(elements(PARENT, "*").filter(e -> e.getTagName().endsWith(".version")))
        .allSatisfy(property -> assertThat(property.getTextContent()).doesNotContain("SNAPSHOT"));
    assertThat(ProjectFiles.text(PARENT)).contains("project.build.outputTimestamp");
  }

  @Test
  void noModuleBringsAMockingLibrary() {
    assertThat(ProjectFiles.modules())
        .allSatisfy(
            module ->
                assertThat(ProjectFiles.text(module.resolve("pom.xml")))
                    .doesNotContainIgnoringCase("mockito")
                    .doesNotContainIgnoringCase("easymock"));
  }

  private static List<String> versionsIn(Path pom) throws Exception {
    List<String> found = new ArrayList<>();
    elements(pom, "properties")
        .flatMap(properties -> children(properties))
        .filter(property -> property.getTagName().contains("version"))
        .forEach(property -> found.add(property.getTagName() + "=" + property.getTextContent()));
    elements(pom, "version")
        .filter(version -> !version.getTextContent().startsWith("${"))
        .map(version -> (Element) version.getParentNode())
        .filter(owner -> !owner.getTagName().equals("parent"))
        .forEach(
            owner ->
                found.add(
                    owner.getTagName()
                        + "="
                        + children(owner)
                            .filter(child -> child.getTagName().equals("version"))
                            .findFirst()
                            .orElseThrow()
                            .getTextContent()));
    return found;
  }

  private static Stream<Element> elements(Path pom, String name) throws Exception {
    return list(
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getElementsByTagName(name));
  }

  private static Stream<Element> children(Element parent) {
    return list(parent.getChildNodes());
  }

  private static Stream<Element> list(NodeList nodes) {
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }
}
