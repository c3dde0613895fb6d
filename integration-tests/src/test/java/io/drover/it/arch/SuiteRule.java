package io.drover.it.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * A rule that holds under a root package: {@code io.drover} for the suite, the root of the planted
 * classes for the proof that the rule sees something.
 *
 * @param name a sentence
 * @param under makes the rule for a root package
 * @param caught simple names of planted classes; the rule's report must name each
 */
record SuiteRule(String name, Function<String, ArchRule> under, List<String> caught) {
  static SuiteRule rule(String name, Function<String, ArchRule> under, String... caught) {
    return new SuiteRule(name, under, List.of(caught));
  }

  void check(String root, JavaClasses classes) {
    under.apply(root).check(classes);
  }
}
