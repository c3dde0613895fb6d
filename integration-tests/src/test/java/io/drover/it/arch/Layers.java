package io.drover.it.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static io.drover.it.arch.SuiteRule.rule;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who may depend on whom. */
final class Layers {
  private static final String[] KAFKA = {
    "org.apache.kafka..", "org.eclipse.microprofile.reactive.messaging..", "io.smallrye.reactive.."
  };
  private static final String[] PERSISTENCE = {
    "jakarta.persistence..",
    "org.hibernate..",
    "io.quarkus.hibernate..",
    "java.sql..",
    "javax.sql.."
  };
  private static final String HTTP = "jakarta.ws.rs..";

  private Layers() {}

  static List<SuiteRule> rules() {
    return List.of(
        rule(
            "the code follows docs/architecture.puml",
            Layers::diagram,
            "GatewayThatReadsScheduler"),
        rule("contracts hold data and codecs only", Layers::contracts, "EventWithLogger"),
        rule(
            "services never import each other",
            Layers::services,
            "GatewayThatReadsScheduler",
            "SecretsThatKnowTheAgent"),
        rule("the driver knows no framework", Layers::driver, "DriverBean"),
        rule("models are pure", Layers::models, "ModelThatReadsFiles", "ModelThatKnowsItsTable"),
        rule("argv parts are pure", Layers::argv, "PartThatOpensSockets"),
        rule("definitions are pure", Layers::definitions, "PartThatReadsFiles"),
        rule("the scheduler reads no definition", Layers::scheduler, "SchedulerThatReadsXml"),
        rule("only the driver knows its internals", Layers::internals, "NosyAgent"),
        rule("stores know no HTTP and no Kafka", Layers::stores, "StoreThatSpeaksHttp"),
        rule("resources know no store and no Kafka", Layers::resources, "SqlResource"),
        rule("consumers and senders know no HTTP", Layers::messaging, "HttpConsumer"),
        rule("features are free of cycles", Layers::cycles, "ping", "pong"));
  }

  private static ArchRule diagram(String root) {
    String[] parts =
        SuiteClasses.PARTS.stream().map(p -> root + "." + p + "..").toArray(String[]::new);
    return classes()
        .that()
        .resideInAnyPackage(parts)
        .should(adhereToPlantUmlDiagram(diagramFor(root), consideringOnlyDependenciesInDiagram()))
        .because("the diagram is how newcomers learn the suite, so it must not lie");
  }

  /** The diagram, with its packages under another root when the planted classes are checked. */
  private static Path diagramFor(String root) {
    Path diagram = ProjectFiles.root().resolve("docs/architecture.puml");
    if (root.equals(SuiteClasses.ROOT)) {
      return diagram;
    }
    try {
      Path moved = Files.createTempFile("architecture", ".puml");
      moved.toFile().deleteOnExit();
      return Files.writeString(
          moved, Files.readString(diagram).replace("<<io.drover.", "<<" + root + "."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArchRule contracts(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".contracts..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                root + ".contracts..",
                "java..",
                "javax.crypto..",
                "javax.sql..",
                "javax.xml..",
                "org.xml.sax..",
                "com.fasterxml.jackson..",
                "org.jspecify.."))
        .because("every part shares contracts, so whatever they need every part needs");
  }

  private static ArchRule services(String root) {
    return SuiteClasses.SERVICES.stream()
        .map(
            service ->
                (ArchRule)
                    noClasses()
                        .that()
                        .resideInAPackage(root + "." + service + "..")
                        .should()
                        .dependOnClassesThat(
                            resideInAnyPackage(others(root, service).toArray(String[]::new))))
        .reduce((one, other) -> CompositeArchRule.of(one).and(other))
        .orElseThrow()
        .because("services agree through contracts alone; each can be deployed without the others");
  }

  private static Stream<String> others(String root, String service) {
    return SuiteClasses.SERVICES.stream()
        .filter(other -> !other.equals(service))
        .map(other -> root + "." + other + "..");
  }

  private static ArchRule driver(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".driver..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta..", "io.quarkus..", "io.smallrye..", "org.apache.kafka..", "io.vertx..")
        .because("the driver is embeddable: a plain library in the JVM of whoever calls it");
  }

  private static ArchRule models(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..model..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    root + ".contracts..",
                    root + "..model..",
                    "java..",
                    "javax.crypto..",
                    "com.fasterxml.jackson.annotation..",
                    "org.jspecify..")
                .and(
                    resideOutsideOfPackages("java.nio.file..", "java.net..", "java.sql..")
                        .or(equivalentTo(java.net.URI.class)))
                .as("are of the model, contracts or the JDK without its I/O"))
        .because("decisions are pure: they are tested without a database, a broker or a clock");
  }

  private static ArchRule argv(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".definition.argv..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.nio.file..", "java.net..", "java.util.concurrent..", "javax.net..")
                .and(not(equivalentTo(Path.class))))
        .because("the same definition must give the same argv; golden files test it without QEMU");
  }

  private static ArchRule definitions(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".definition..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    root + ".contracts..",
                    root + ".definition..",
                    "java..",
                    "javax.xml..",
                    "org.w3c.dom..",
                    "org.xml.sax..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..")
                .and(
                    not(equivalentTo(Files.class))
                        .and(resideOutsideOfPackages("java.net..", "java.sql..")))
                .as("are of definitions, contracts or the JDK without its I/O"))
        .because("the gateway and the command line use definitions without carrying a runtime");
  }

  private static ArchRule scheduler(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".scheduler..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + ".contracts.definition..")
        .because("the gateway computes what a definition requires; a decision never parses XML");
  }

  private static ArchRule internals(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and(not(resideInAnyPackage(root + ".driver.internal..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + ".driver.internal..")
        .because("what is internal can change with every version; the API is the root package");
  }

  private static ArchRule stores(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..store..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(HTTP).or(resideInAnyPackage(KAFKA)))
        .because("HTTP, Kafka and the store meet in the use case only");
  }

  private static ArchRule resources(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .haveSimpleNameEndingWith("Resource")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(root + "..store..")
                .or(resideInAnyPackage(PERSISTENCE))
                .or(resideInAnyPackage(KAFKA)))
        .because("HTTP, Kafka and the store meet in the use case only");
  }

  private static ArchRule messaging(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and(SuiteNames.endWith("Consumer", "Sender"))
        .should()
        .dependOnClassesThat(resideInAnyPackage(HTTP).or(resideInAnyPackage(root + "..store..")))
        .because("HTTP, Kafka and the store meet in the use case only");
  }

  private static ArchRule cycles(String root) {
    Stream<String> large =
        Stream.of(
            "contracts.definition",
            "definition.argv",
            "definition.complete",
            "definition.fromargv",
            "driver.internal");
    return Stream.concat(SuiteClasses.PARTS.stream(), large)
        .map(
            part ->
                (ArchRule)
                    slices().matching(root + "." + part + ".(*)..").should().beFreeOfCycles())
        .map(rule -> rule.allowEmptyShould(true))
        .reduce((one, other) -> CompositeArchRule.of(one).and(other))
        .orElseThrow()
        .because("a feature that can be read alone can be changed alone");
  }
}
