package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Answer;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers send gets a clear problem, at once, and leaves nothing behind. */
@ExtendWith(SharedSuite.class)
class BadInputFlowIT {
  private static final Duration SOON = Duration.ofMillis(500);
  private static final String GOOD = DomainXml.diskless("bad");

  /** The bound is that of a service at work, not of its first request ever. */
  @BeforeAll
  static void warmsUp(RunningSuite suite) {
    Project demo = suite.demo();
    demo.api().postXml(demo.path("domains") + "?validateOnly=true", GOOD);
    definitions().forEach(bad -> demo.api().postXml(demo.path("domains"), bad.getPayload()));
  }

  static Stream<Named<String>> definitions() {
    return Stream.of(
        named("nothing", ""),
        named("no XML", "hello"),
        named("torn XML", GOOD.substring(0, GOOD.length() / 2)),
        named("another root", "<network><name>a</name></network>"),
        named("a document type", "<!DOCTYPE domain>" + GOOD),
        named("an entity bomb", bomb()),
        named(
            "an external entity",
            "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + inName("&x;")),
        named("an undefined entity", inName("&lol;")),
        named("depth", "<domain>".repeat(20_000)),
        named("many elements", "<domain>" + "<a/>".repeat(40_000) + "</domain>"),
        named("a long name", inName("a".repeat(100_000))),
        named("a path as a name", inName("../../etc/passwd")),
        named("a NUL in the name", inName("a\0b")),
        named("a NUL as a reference", inName("a&#0;b")),
        named("two million vCPUs", GOOD.replace("<vcpu>1<", "<vcpu>2000000<")),
        named("no memory", GOOD.replace(">64<", ">0<")),
        named("more memory than there is", GOOD.replace(">64<", ">99999999999999999999<")),
        named("a negative number", GOOD.replace("<vcpu>1<", "<vcpu>-1<")),
        named("an unknown element", GOOD.replace("<vcpu>", "<magic/><vcpu>")),
        named("an unknown attribute", GOOD.replace("<vcpu>", "<vcpu colour='red'>")),
        named("a host path", device("<disk type='file'><source file='/etc/shadow'/>" + TARGET)),
        named("a block device", device("<disk type='block'><source dev='/dev/sda'/>" + TARGET)),
        named("a path as a volume", device(disk("../../secret"))),
        named("a volume that is not there", device(disk("nobody-made-it"))),
        named("a host device", device("<hostdev mode='subsystem' type='pci'/>")),
        named("an emulator", device("<emulator>/bin/sh</emulator>")),
        named(
            "arguments",
            GOOD.replace(
                    "<domain ", "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' ")
                .replace(
                    "</domain>",
                    "<qemu:commandline><qemu:arg value='-S'/></qemu:commandline></domain>")));
  }

  private static final String TARGET = "<target dev='vda' bus='virtio'/></disk>";

  @ParameterizedTest
  @MethodSource("definitions")
  void isRefusedAtOnceWithAProblemThatSaysWhy(String xml, RunningSuite suite) {
    Project demo = suite.demo();
    refused(demo.api().postXml(demo.path("domains"), xml));
    assertThat(demo.api().get(demo.path("domains", "bad")).status()).isEqualTo(404);
  }

  @Test
  void refusesAHugeBodyWithoutReadingIt(RunningSuite suite) {
    Project demo = suite.demo();
    Answer answer = demo.api().postXml(demo.path("domains"), " ".repeat(8 * 1024 * 1024) + GOOD);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.took()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void refusesBytesThatAreNoText(RunningSuite suite) {
    Project demo = suite.demo();
    byte[] bytes = GOOD.replace("bad", "b\u00ffd").getBytes(StandardCharsets.ISO_8859_1);
    refused(demo.api().postXml(demo.path("domains"), BodyPublishers.ofByteArray(bytes)));
  }

  @Test
  void refusesJsonThatIsNone(RunningSuite suite) {
    Project demo = suite.demo();
    refused(demo.api().post(demo.path("domains"), "{\"name\":"));
    refused(demo.api().post(demo.path("domains"), "[".repeat(50_000)));
    refused(demo.api().post(demo.path("volumes"), "{\"name\":\"../x\",\"sizeBytes\":1048576}"));
    refused(demo.api().post(demo.path("volumes"), "{\"name\":\"x\",\"sizeBytes\":-1}"));
  }

  @Test
  void refusesTheSameKeyForAnotherRequest(RunningSuite suite) {
    Project demo = suite.demo();
    String[] key = {"Idempotency-Key", "bad-input-1"};
    String path = demo.path("domains") + "?start=false";
    Answer first = demo.api().postXml(path, DomainXml.diskless("once"), key);
    Answer again = demo.api().postXml(path, DomainXml.diskless("once"), key);
    assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(demo.api().postXml(path, DomainXml.diskless("twice"), key).status()).isEqualTo(422);
    assertThat(demo.api().get(demo.path("domains", "twice")).status()).isEqualTo(404);
    demo.delete("once");
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isBetween(400, 422).isNotEqualTo(401);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("code").asText()).isNotEmpty();
    assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(answer.text()).doesNotContain("root:", "Exception", "io.drover");
    assertThat(answer.text().length()).isLessThan(20_000);
    assertThat(answer.took()).isLessThan(SOON);
  }

  private static String inName(String name) {
    return GOOD.replace("<name>bad<", "<name>" + name + "<");
  }

  private static String device(String device) {
    return GOOD.replace("<devices>", "<devices>" + device);
  }

  private static String disk(String volume) {
    return "<disk type='volume'><source pool='drover' volume='" + volume + "'/>" + TARGET;
  }

  private static String bomb() {
    StringBuilder type = new StringBuilder("<!DOCTYPE d [<!ENTITY e0 'lol'>");
    for (int i = 1; i < 12; i++) {
      type.append("<!ENTITY e%d '%s'>".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    return type.append("]>").append(inName("&e11;")).toString();
  }
}
