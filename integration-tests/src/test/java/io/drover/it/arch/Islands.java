package io.drover.it.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.drover.it.arch.SuiteRule.rule;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;

/** Technologies that live on an island: the only place that imports them. */
final class Islands {
  private Islands() {}

  static List<SuiteRule> rules() {
    return List.of(
        rule("only named owners start processes", Islands::processes, "SleepyAgent"),
        rule("only stores know persistence", Islands::persistence, "SqlResource"),
        rule("only Query prepares SQL statements", Islands::statements, "SqlResource"),
        rule("only feeds, senders and their like know Kafka", Islands::kafka, "GatewayWithKafka"),
        rule("only the edge knows HTTP", Islands::http, "StoreThatSpeaksHttp"),
        rule("only named owners open Unix sockets", Islands::sockets, "SocketAgent"));
  }

  private static ArchRule processes(String root) {
    return nobody(root, Owners.OF_PROCESSES, equivalentTo(ProcessBuilder.class))
        .because("what is started must be confined, redirected and found again, in one place");
  }

  private static ArchRule persistence(String root) {
    return nobody(
            root,
            Owners.OF_PERSISTENCE,
            resideInAnyPackage(
                "jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..", "java.sql.."))
        .because("a use case that knows no table can be read as the rule that it is");
  }

  private static ArchRule statements(String root) {
    return nobody(root, Owners.OF_STATEMENTS, assignableTo(java.sql.Statement.class))
        .because("parameters and failures of SQL are handled alike in every store");
  }

  private static ArchRule kafka(String root) {
    return nobody(
            root,
            Owners.OF_KAFKA,
            resideInAnyPackage(
                "org.apache.kafka..", "org.eclipse.microprofile.reactive.messaging.."))
        .because("records come in and go out at named places, each of which can be replayed");
  }

  private static ArchRule http(String root) {
    return nobody(root, Owners.OF_HTTP, resideInAnyPackage("jakarta.ws.rs.."))
        .because("what does not know HTTP can be called from anywhere");
  }

  private static ArchRule sockets(String root) {
    return nobody(
            root,
            Owners.OF_SOCKETS,
            resideInAnyPackage("jnr.unixsocket..", "jnr.enxio..")
                .or(equivalentTo(java.net.UnixDomainSocketAddress.class)))
        .because("one place knows peer credentials, deadlines and who may touch the channel");
  }

  private static ArchRule nobody(
      String root, Map<String, String> owners, DescribedPredicate<JavaClass> island) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and(DescribedPredicate.not(Owners.among(root, owners)))
        .should()
        .dependOnClassesThat(island);
  }
}
