package io.drover.it.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name in a log, a review or a search means one class. */
class SimpleNamesTest {
  @Test
  void areUniqueInTheMainCode() {
    List<SourceFile> files = SourceFile.main();
    assertThat(files).hasSizeGreaterThan(1_000);
    assertThat(new SimpleNames(files).faults()).isEmpty();
  }

  @Test
  void ofTwoFilesMayNotBeTheSame() {
    assertThat(faults("package a; class Claim {}", "package b; record Claim(int one) {}"))
        .containsExactly("a.Claim and b.Claim have one simple name; rename all but one.");
  }

  @Test
  void ofANestedClassMayNotBeThatOfAFile() {
    assertThat(faults("package a; class Claim {}", "package b; class Keys { interface Claim {} }"))
        .containsExactly("b.Keys.Claim is nested and has the simple name of a.Claim; rename one.");
  }

  @Test
  void ofAPrivateClassMayBeAny() {
    assertThat(
            faults(
                "package a; class Claim {}",
                "package b; class Keys { private record Claim(int one) {} }"))
        .isEmpty();
  }

  @Test
  void ofNestedClassesMayBeTheSameWhereTheyAreWrittenWithTheClassAroundThem() {
    String image = "package a; class Image { enum State { READY } }";
    String volume = "package b; class Volume { enum State { READY } }";
    assertThat(faults(image, volume, "package c; import b.Volume; class Use { Volume.State s; }"))
        .isEmpty();
    assertThat(faults(image, volume, "package c; import b.Volume.State; class Use { State s; }"))
        .singleElement()
        .asString()
        .contains("File2.java imports b.Volume.State", "write Outer.State");
  }

  private static List<String> faults(String... texts) {
    List<SourceFile> files =
        Stream.iterate(0, each -> each + 1)
            .limit(texts.length)
            .map(each -> SourceFile.of("File" + each + ".java", texts[each]))
            .toList();
    return new SimpleNames(files).faults();
  }
}
