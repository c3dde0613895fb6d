package io.drover.it.arch;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;

/**
 * Who may do what all others may not, each with the reason. A name is that of a class below the
 * root package, of a package when it ends in two dots, or of every class with a suffix when it
 * starts with a star. An entry that nobody bears any more is a mistake; a test says so.
 */
final class Owners {
  static final Map<String, String> OF_TIME = Map.of();

  static final Map<String, String> OF_DURATIONS =
      Map.of(
          "contracts.time.NanoTicker", "the one monotonic clock; everybody else is given it",
          "driver.DriverOptions", "the default of an embedder that gives no clock",
          "standalone..", "the launcher shows how long the parts of this machine took to start");

  static final Map<String, String> OF_IDS =
      Map.of("contracts.id.IdSource", "the one source of ids; everybody else is given it");

  static final Map<String, String> OF_SLEEP = Map.of();

  static final Map<String, String> OF_THREADS =
      Map.of(
          "agent.thread..", "names and makes all threads of the agent",
          "contracts.time.WorkTimer", "a few for all recurring work, ended with the service",
          "driver.internal.domain.LocalDriver",
              "one serial executor a domain, ended with the driver",
          "driver.internal.qmp.QmpConnection", "one reader a monitor, ended with the connection",
          "gateway.outbox.OutboxRelay", "the one relay",
          "gateway.stream.CatchUpReader", "readers for clients that come back, bounded",
          "gateway.stream.EventStream", "one clock for heartbeats",
          "gateway.topic.feed.TopicTail", "one reader a topic, ended with its owner",
          "standalone.launch.ShutdownSignal", "the JVM calls a thread when it is told to end");

  static final Map<String, String> OF_EXIT =
      Map.of(
          "cli.DroverCli", "the exit status is the answer of the command line",
          "cli.CdsTraining", "the exit status is its answer",
          "standalone.launch.Launcher", "the exit status is the answer of the launcher");

  static final Map<String, String> OF_PROCESSES =
      Map.of(
          "cli.console.RawTerminal", "stty is the only way to the terminal's mode",
          "driver.internal.process..", "spawning is its whole purpose",
          "standalone.process..", "starts, finds and ends the parts of the one-machine suite",
          "standalone.postgres..", "runs initdb and tar, which PostgreSQL cannot do without");

  static final Map<String, String> OF_PERSISTENCE =
      Map.of(
          "*.store..", "persistence is its whole purpose",
          "contracts.sql..", "the one statement class of the stores of all services",
          "*.problem..", "tells a database that is unavailable from a mistake",
          "secrets.audit..", "one table and its hash chain, too small for a layer",
          "standalone.postgres..", "makes the roles and schemas of the one-machine suite",
          "standalone.cluster.StandaloneCluster", "hears of the failure to make them");

  static final Map<String, String> OF_STATEMENTS =
      Map.of(
          "contracts.sql.Query", "sets parameters and classifies failures, once",
          "standalone.postgres..", "makes the roles and schemas of the one-machine suite");

  static final Map<String, String> OF_KAFKA =
      Map.of(
          "*Consumer", "records come in here",
          "*Sender", "records go out here",
          "*.feed..", "records come in here",
          "standalone.kafka..", "runs the broker and makes its topics");

  static final Map<String, String> OF_HTTP =
      Map.of(
          "*Resource", "requests come in here",
          "*.problem..", "the only mapper from exceptions to answers",
          "gateway.access..", "the caller's right is checked before the request is read",
          "gateway.request..", "headers and bodies become values here",
          "gateway.stream..", "Server-Sent Events go out here",
          "*Client", "requests to other parts go out here");

  static final Map<String, String> OF_SOCKETS =
      Map.of(
          "driver.internal.qmp..", "the monitor's socket is its whole purpose",
          "agent.console..", "the serial console's socket is its whole purpose");

  private Owners() {}

  /** The classes named, with what is nested in them. */
  static DescribedPredicate<JavaClass> among(String root, Map<String, String> owners) {
    return DescribedPredicate.describe(
        "are named owners",
        type -> owners.keySet().stream().anyMatch(owner -> bears(root, type, owner)));
  }

  /** True if the class is meant by the entry. */
  static boolean bears(String root, JavaClass type, String owner) {
    String name = nameBelow(root, type);
    if (owner.startsWith("*.")) {
      return ("." + name).contains(owner.substring(1, owner.length() - 1));
    }
    if (owner.startsWith("*")) {
      return name.endsWith(owner.substring(1));
    }
    return owner.endsWith("..")
        ? name.startsWith(owner.substring(0, owner.length() - 1))
        : name.equals(owner);
  }

  private static String nameBelow(String root, JavaClass type) {
    String name = type.getName();
    int nested = name.indexOf('$');
    String top = nested < 0 ? name : name.substring(0, nested);
    return top.startsWith(root + ".") ? top.substring(root.length() + 1) : top;
  }
}
