package io.drover.definition.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.drover.contracts.definition.DefinitionRequirements;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainJson;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.ParseResult;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem.Fault;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A number in a definition sizes nothing that its reader has not bounded: each number of each
 * golden definition is made extreme, one at a time, and everything that a service does with a
 * definition before it has accepted it stays within the memory and the time of an ordinary one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtremeNumbersTest {
  private static final List<String> EXTREMES =
      List.of("2147483647", "9223372036854775807", "1" + "0".repeat(30));

  /** Far more than any golden definition takes, and far less than a small service has. */
  private static final long MAX_BYTES = 16L << 20;

  private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();

  /** A number as an attribute's or an element's whole value. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<=['\">])(?:0[xX][0-9a-fA-F]+|-?\\d+)(?=['\"<])");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Path> definitions() throws IOException, URISyntaxException {
    Path golden = Path.of(ExtremeNumbersTest.class.getResource("/golden").toURI());
    try (Stream<Path> files = Files.list(golden)) {
      return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void noNumberOfADefinitionMakesItsReadingExpensive(Path definition) throws IOException {
    String xml = Files.readString(definition);
    attempt(xml); // loads the classes, which is not what is measured
    List<String> expensive = new ArrayList<>();
    for (MatchResult number : NUMBER.matcher(xml).results().toList()) {
      for (String extreme : EXTREMES) {
        String changed = xml.substring(0, number.start()) + extreme + xml.substring(number.end());
        expensive.addAll(measure(changed, where(xml, number) + " = " + extreme));
      }
    }
    assertThat(expensive).isEmpty();
  }

  @Test
  void aHighNumberOfAnIoThreadCostsNothingAndIsTaken() {
    String xml = domain("<iothreadids><iothread id='2147483647'/></iothreadids>");
    attempt(xml);
    assertThat(measure(xml, "iothread")).isEmpty();
    assertThat(DomainXml.read(xml).vcpus().hasIothread(Integer.MAX_VALUE)).isTrue();
  }

  @Test
  void aPoolOfWorkersIsLimitedByAnErrorThatNamesValueLimitAndPath() {
    String xml = domain("<defaultiothread thread_pool_min='0' thread_pool_max='2147483647'/>");
    List<Fault> faults = DomainXml.examine(bytes(xml)).faults();
    assertThat(faults).first().extracting(Fault::code).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(faults.get(0).path()).contains("defaultiothread").contains("thread_pool_max");
    assertThat(faults.get(0).detail()).contains("2147483647").contains("1024");
  }

  private List<String> measure(String xml, String what) {
    long thread = Thread.currentThread().getId();
    long bytes = threads.getThreadAllocatedBytes(thread);
    long begun = System.nanoTime();
    List<String> wrong = new ArrayList<>();
    try {
      attempt(xml);
    } catch (RuntimeException e) {
      wrong.add(what + ": " + e);
    }
    long nanos = System.nanoTime() - begun;
    long used = threads.getThreadAllocatedBytes(thread) - bytes;
    if (used > MAX_BYTES || nanos > MAX_NANOS) {
      wrong.add(what + ": " + (used >> 20) + " MiB, " + nanos / 1_000_000 + " ms");
    }
    return wrong;
  }

  /** What the gateway, the scheduler and an agent do with a definition before they accept it. */
  private static void attempt(String xml) {
    try {
      Validation.of(bytes(xml), true);
      ParseResult examined = DomainXml.examine(bytes(xml));
      if (examined.faults().isEmpty()) {
        DomainDefinition definition = examined.definition();
        DefinitionRequirements.of(definition);
        DomainXml.write(definition);
        DomainJson.read(DomainJson.write(definition));
      }
    } catch (ProblemException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static String where(String xml, MatchResult number) {
    int begin = Math.max(0, number.start() - 60);
    return xml.substring(begin, number.end()).replaceAll("\\s+", " ");
  }

  private static String domain(String content) {
    return "<domain type='qemu'><name>x</name><memory>1048576</memory>"
        + content
        + "<os><type arch='x86_64' machine='q35'>hvm</type></os></domain>";
  }

  private static byte[] bytes(String xml) {
    return xml.getBytes(StandardCharsets.UTF_8);
  }
}
