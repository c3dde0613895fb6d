package io.drover.it.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static io.drover.it.arch.SuiteRule.rule;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** How things are named and what shape they have. */
final class SuiteNames {
  private static final int MAX_PARAMETERS = 7;

  private SuiteNames() {}

  static List<SuiteRule> rules() {
    return List.of(
        rule("no class has a name that says nothing", SuiteNames::names, "RowManager"),
        rule("nothing starts with get", SuiteNames::getters, "getRows"),
        rule("stores are package-private", SuiteNames::stores, "PublicRow"),
        rule("messages are records, enums or sealed", SuiteNames::messages, "OpenEvent"),
        rule("every package is null-marked and says what it is for", SuiteNames::packages, "bare"),
        rule("beans take what they need in the constructor", SuiteNames::injection, "FieldBean"),
        rule("nothing static can change", SuiteNames::statics, "RowManager"),
        rule(
            "constructors take at most 7 parameters", SuiteNames::constructors, "GreedyScheduler"));
  }

  static DescribedPredicate<JavaClass> endWith(String... suffixes) {
    return DescribedPredicate.describe(
        "have a name that ends in " + String.join(" or ", suffixes),
        type -> Arrays.stream(suffixes).anyMatch(type.getSimpleName()::endsWith));
  }

  private static ArchRule names(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*[.$](\\w*(Utils?|Helper|Manager|Impl)|(Base|Abstract)[A-Z]\\w*)")
        .because("a name says what a thing is, in the words of the product");
  }

  private static ArchRule getters(String root) {
    return noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and(
            DescribedPredicate.describe(
                "are not asked for by a framework", method -> !hasForeignParents(method)))
        .should()
        .haveNameMatching("get[A-Z]\\w*")
        .because("an accessor is called what it returns; find, require and fetch say what they do");
  }

  /** A class file does not say which methods override, so whoever has foreign parents may. */
  private static boolean hasForeignParents(JavaMethod method) {
    return Stream.concat(
            method.getOwner().getAllRawInterfaces().stream(),
            method.getOwner().getAllRawSuperclasses().stream())
        .anyMatch(
            type ->
                !type.getPackageName().startsWith("io.drover")
                    && !type.getPackageName().equals("java.lang"));
  }

  private static ArchRule stores(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..store..")
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .notBePublic()
        .because("tables are nobody else's business; the rest sees the interface of the feature");
  }

  private static ArchRule messages(String root) {
    return classes()
        .that()
        .resideInAnyPackage(
            root + ".contracts.command..",
            root + ".contracts.event..",
            root + ".contracts.report..")
        .and()
        .doNotHaveSimpleName("package-info")
        .should(beClosed())
        .because("a message is data; a reader can list every kind of it");
  }

  private static ArchCondition<JavaClass> beClosed() {
    return new ArchCondition<>("be a record, an enum or a sealed interface") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.isRecord()
                || type.isEnum()
                || type.isAnonymousClass()
                || type.getAllRawSuperclasses().stream().anyMatch(JavaClass::isEnum)
                || type.reflect().isSealed();
        events.add(new SimpleConditionEvent(type, closed, type.getName() + " is open"));
      }
    };
  }

  private static ArchRule packages(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            new ArchCondition<>("be in a package whose package-info.java is @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                events.add(
                    new SimpleConditionEvent(
                        type,
                        marked(type.getPackage()),
                        "Package %s of %s has no package-info.java with @NullMarked"
                            .formatted(type.getPackageName(), type.getSimpleName())));
              }
            })
        .because("null never crosses a method, and a package that cannot be described is none");
  }

  private static boolean marked(JavaPackage of) {
    return of.tryGetPackageInfo().map(info -> info.isAnnotatedWith(NullMarked.class)).orElse(false);
  }

  private static ArchRule constructors(String root) {
    return noConstructors()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .areDeclaredInClassesThat(
            DescribedPredicate.describe(
                "are no records", type -> !type.isRecord() && !type.isAnonymousClass()))
        .should()
        .haveRawParameterTypes(
            DescribedPredicate.describe(
                "more than " + MAX_PARAMETERS + " parameters",
                types -> types.size() > MAX_PARAMETERS))
        .because("who needs more does more than one thing; data that belongs together is a record");
  }

  private static ArchRule injection(String root) {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .should()
        .beAnnotatedWith("jakarta.inject.Inject")
        .orShould()
        .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
        .because("what a constructor asks for a test can give, and the field stays final");
  }

  private static ArchRule statics(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .because("one JVM may hold two of anything, in tests above all");
  }
}
