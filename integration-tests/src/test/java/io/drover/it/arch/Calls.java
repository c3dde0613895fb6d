package io.drover.it.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.drover.it.arch.SuiteRule.rule;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What nobody calls but the named owners. Method references count as calls. */
final class Calls {
  private static final Set<Class<?>> CLOCKS =
      Set.of(
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Clock.class);

  private Calls() {}

  static List<SuiteRule> rules() {
    return List.of(
        rule("time comes in", Calls::time, "ModelWithOwnClock"),
        rule("durations come in", Calls::durations, "ModelWithOwnClock"),
        rule("ids come in", Calls::ids, "GatewayWithOwnIds"),
        rule("nobody sleeps", Calls::sleep, "SleepyAgent"),
        rule("threads have named owners", Calls::threads, "SleepyAgent"),
        rule("services print nothing", Calls::prints, "SleepyAgent"),
        rule("nobody ends the JVM", Calls::exits, "SleepyAgent"));
  }

  private static ArchRule time(String root) {
    return nobody(root, Owners.OF_TIME, "read the clock", Calls::readsClock)
        .because("a test that owns the clock asserts exact durations and never waits");
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String method = access.getTarget().getName();
    JavaClass owner = access.getTargetOwner();
    return (method.equals("now")
            && CLOCKS.stream().anyMatch(owner::isEquivalentTo)
            && !access.getTarget().getFullName().contains("Clock)"))
        || (owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis"));
  }

  private static ArchRule durations(String root) {
    return nobody(
            root,
            Owners.OF_DURATIONS,
            "measure time",
            access -> calls(access, System.class, "nanoTime"))
        .because("deadlines are tested with a clock that the test moves");
  }

  private static ArchRule ids(String root) {
    return nobody(
            root, Owners.OF_IDS, "make ids", access -> calls(access, UUID.class, "randomUUID"))
        .because("ids are given, so that a replay makes the same ones and a test can foresee them");
  }

  private static ArchRule sleep(String root) {
    return nobody(root, Owners.OF_SLEEP, "sleep", access -> calls(access, Thread.class, "sleep"))
        .because("what is worth a wait can be awaited, with a deadline");
  }

  private static ArchRule threads(String root) {
    return nobody(
            root,
            Owners.OF_THREADS,
            "make threads",
            access -> calls(access, Thread.class, "<init>"))
        .because("every thread has an owner that names it and ends it");
  }

  private static ArchRule prints(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            SuiteClasses.SERVICES.stream().map(s -> root + "." + s + "..").toArray(String[]::new))
        .or()
        .resideInAnyPackage(root + ".driver..", root + ".definition..", root + ".contracts..")
        .should(
            ArchConditions.accessField(System.class, "out")
                .or(ArchConditions.accessField(System.class, "err")))
        .because("operators read the log; only the command line and the launcher have a screen");
  }

  private static ArchRule exits(String root) {
    return nobody(
            root,
            Owners.OF_EXIT,
            "end the JVM",
            access -> calls(access, System.class, "exit") || calls(access, Runtime.class, "halt"))
        .because("only a program's own main class knows that nobody else lives in the JVM");
  }

  private static boolean calls(JavaAccess<?> access, Class<?> owner, String name) {
    return access.getTargetOwner().isEquivalentTo(owner)
        && access.getTarget().getName().equals(name);
  }

  private static ArchRule nobody(
      String root,
      Map<String, String> owners,
      String what,
      java.util.function.Predicate<JavaAccess<?>> forbidden) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and(DescribedPredicate.not(Owners.among(root, owners)))
        .should(
            ArchConditions.accessTargetWhere(DescribedPredicate.describe(what, forbidden::test))
                .as(what));
  }
}
