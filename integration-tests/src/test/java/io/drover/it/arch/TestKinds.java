package io.drover.it.arch;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What tells a {@code *Test} from an {@code *IT}: no call from a test class leads to a socket, a
 * process, a broker or a database. Calls are followed through the code of the tests and of the
 * suite as the compiler wrote them; what stands behind an interface is not seen. Temporary files
 * are no matter.
 */
final class TestKinds {
  /** Classes by their full names; none of their methods may be called. */
  private static final Set<String> REAL_PARTS =
      Set.of(
          "com.sun.net.httpserver.HttpServer",
          "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
          "java.lang.ProcessBuilder",
          "java.net.DatagramSocket",
          "java.net.ServerSocket",
          "java.net.Socket",
          "java.net.http.HttpClient",
          "java.nio.channels.DatagramChannel",
          "java.nio.channels.ServerSocketChannel",
          "java.nio.channels.SocketChannel",
          "java.sql.DriverManager",
          "jnr.unixsocket.UnixServerSocketChannel",
          "jnr.unixsocket.UnixSocketChannel",
          "kafka.server.KafkaRaftServer",
          "org.apache.kafka.clients.admin.Admin",
          "org.apache.kafka.clients.consumer.KafkaConsumer",
          "org.apache.kafka.clients.producer.KafkaProducer");

  private static final String QUARKUS = "io.quarkus.test.junit.QuarkusTest";

  private TestKinds() {}

  /** One sentence for each {@code *Test} or {@code *Properties} that reaches a real part. */
  static List<String> misnamed(JavaClasses classes, Map<String, String> owners) {
    List<String> found = new ArrayList<>();
    for (JavaClass type : classes) {
      if (isQuick(type) && !owners.containsKey(outer(type).getSimpleName())) {
        way(type).ifPresent(way -> found.add(type.getName() + " should be an IT: " + way));
      }
    }
    return found;
  }

  private static boolean isQuick(JavaClass type) {
    return outer(type).getSimpleName().matches("\\w+(Test|Properties)");
  }

  private static JavaClass outer(JavaClass type) {
    JavaClass at = type;
    while (at.getEnclosingClass().isPresent()) {
      at = at.getEnclosingClass().get();
    }
    return at;
  }

  /** How the class reaches a real part; empty when it does not. */
  private static Optional<String> way(JavaClass type) {
    if (type.isAnnotatedWith(QUARKUS)) {
      return Optional.of("it starts Quarkus");
    }
    record Step(JavaCodeUnit unit, String way) {}
    Deque<Step> open = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    type.getAllMembers().stream()
        .filter(JavaCodeUnit.class::isInstance)
        .map(JavaCodeUnit.class::cast)
        .forEach(unit -> open.add(new Step(unit, unit.getName())));
    while (!open.isEmpty()) {
      Step step = open.remove();
      for (JavaAccess<?> access : step.unit().getAccessesFromSelf()) {
        String target = access.getTargetOwner().getName();
        if (REAL_PARTS.contains(target)) {
          return Optional.of(step.way() + " > " + target);
        }
        Optional<? extends JavaMember> member = access.getTarget().resolveMember();
        if (target.startsWith("io.drover.")
            && member.isPresent()
            && member.get() instanceof JavaCodeUnit next
            && seen.add(next.getFullName())) {
          String way = access.getTargetOwner().getSimpleName() + "." + next.getName();
          open.add(new Step(next, step.way() + " > " + way));
        }
      }
    }
    return Optional.empty();
  }
}
