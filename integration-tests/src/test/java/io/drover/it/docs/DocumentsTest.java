package io.drover.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there. */
class DocumentsTest {
  private static final Path ROOT = ProjectFiles.root();
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)\\s]+)\\)");
  private static final Pattern COMMAND = Pattern.compile("`\\./([a-z]+)[^`]*`");
  private static final Pattern FOLDER_ROW = Pattern.compile("(?m)^\\| `([^`]+)/` \\|");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT))`");
  private static final int PAGE = 60;

  /** A link, or a command, that leads nowhere. */
  private record Lost(Path document, String target) {}

  @Test
  void everyLinkLeadsToAFile() {
    assertThat(documents().flatMap(DocumentsTest::deadLinks)).isEmpty();
  }

  @Test
  void findsALinkThatLeadsNowhere() throws IOException {
    Path page = Files.createTempFile("page", ".md");
    page.toFile().deleteOnExit();
    Files.writeString(page, "See [this](not-there.md) and [that](https://example.org/).");
    assertThat(deadLinks(page)).containsExactly(new Lost(page, "not-there.md"));
  }

  @Test
  void everyCommandNamedCanBeRun() {
    assertThat(
            documents()
                .flatMap(
                    page -> matches(COMMAND, page).map(found -> new Lost(page, found.group(1))))
                .filter(named -> !Files.isExecutable(ROOT.resolve(named.target()))))
        .isEmpty();
  }

  @Test
  void everyTestNamedExists() {
    Set<String> tests =
        ProjectFiles.sources().stream()
            .filter(file -> file.toString().contains("/src/test/java/"))
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    assertThat(
            documents()
                .flatMap(page -> matches(TEST, page).map(found -> new Lost(page, found.group(1))))
                .filter(named -> !tests.contains(named.target())))
        .isEmpty();
  }

  @Test
  void theReadmeNamesFoldersThatExistAndEveryModule() {
    List<String> folders =
        matches(FOLDER_ROW, ROOT.resolve("README.md")).map(row -> row.group(1)).toList();
    assertThat(folders).allSatisfy(folder -> assertThat(ROOT.resolve(folder)).isDirectory());
    assertThat(ProjectFiles.modules())
        .allSatisfy(
            module ->
                assertThat(folders)
                    .as(module.toString())
                    .anyMatch(folder -> module.startsWith(ROOT.resolve(folder))));
  }

  @Test
  void theReadmeIsShort() {
    assertThat(ProjectFiles.text(ROOT.resolve("README.md")).lines().count()).isLessThan(PAGE + 10);
  }

  @Test
  void decisionsAreNumberedWithoutGapsAndHaveOnePageEach() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs/adr"))) {
      List<Path> pages = files.sorted().toList();
      assertThat(pages.stream().map(page -> page.getFileName().toString().substring(0, 4)))
          .isEqualTo(IntStream.rangeClosed(1, pages.size()).mapToObj("%04d"::formatted).toList());
      assertThat(pages).allSatisfy(DocumentsTest::isADecision);
    }
  }

  private static void isADecision(Path page) {
    String text = ProjectFiles.text(page);
    int number = Integer.parseInt(page.getFileName().toString().substring(0, 4));
    assertThat(text).startsWith("# " + number + ". ");
    assertThat(text)
        .containsSubsequence("Status: ", "## Context", "## Decision", "## Consequences");
    assertThat(text.lines().count()).isLessThanOrEqualTo(PAGE);
  }

  @Test
  void theLicenceIsApache2() {
    assertThat(ProjectFiles.text(ROOT.resolve("LICENSE")))
        .contains("Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS");
  }

  @Test
  void theChangelogHasASectionForWhatIsNotReleased() {
    assertThat(ProjectFiles.text(ROOT.resolve("CHANGELOG.md"))).contains("## [Unreleased]", "### ");
  }

  @Test
  void noFileLeavesWorkForLater() {
    Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    TreeSet<String> found = new TreeSet<>();
    ProjectFiles.sources().stream()
        .filter(file -> file.toString().matches(".*\\.(java|md|xml|properties|sql|puml|yaml|sh)"))
        .filter(file -> later.matcher(ProjectFiles.text(file)).find())
        .forEach(file -> found.add(ROOT.relativize(file).toString()));
    assertThat(found).isEmpty();
  }

  private static Stream<Path> documents() {
    return ProjectFiles.sources().stream().filter(file -> file.toString().endsWith(".md"));
  }

  private static Stream<Lost> deadLinks(Path page) {
    return matches(LINK, page)
        .map(link -> link.group(1))
        .filter(target -> !target.matches("(https?|mailto):.*|#.*"))
        .map(target -> target.replaceFirst("#.*", ""))
        .filter(target -> !Files.exists(page.resolveSibling(target)))
        .map(target -> new Lost(page, target));
  }

  private static Stream<MatchResult> matches(Pattern pattern, Path page) {
    return pattern.matcher(ProjectFiles.text(page)).results();
  }
}
