package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.drover.contracts.json.ContractJson;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hostile definitions get a clear problem, and cost the gateway little. */
@QuarkusTest
class BadDefinitionsIT extends GatewayTestCase {

  /** What grows with the size of a definition by more than its length takes minutes. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int LONGEST_PROBLEM = 20_000;

  @TestHTTPResource("/")
  URI root;

  private final HttpClient client = HttpClient.newHttpClient();

  private static Map<String, String> hostile() {
    String good = Api.xml("bad");
    Map<String, String> all = new LinkedHashMap<>();
    all.put("empty", "");
    all.put("torn", good.substring(0, 40));
    all.put("DTD", "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + good);
    all.put(
        "entity bomb",
        "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]>"
            + good.replace("bad", "&b;"));
    all.put("deep", "<domain>".repeat(10_000));
    all.put("wide", "<domain>" + "<a/>".repeat(40_000) + "</domain>");
    all.put("NUL", good.replace("bad", "b\0d"));
    all.put("NUL by reference", good.replace("bad", "b&#0;d"));
    all.put("path as a name", good.replace("bad", "../../etc/passwd"));
    all.put("two million vCPUs", good.replace("<vcpu>1", "<vcpu>2000000"));
    all.put("negative memory", good.replace(">64<", ">-64<"));
    all.put("unknown element", good.replace("<vcpu>", "<magic/><vcpu>"));
    all.put("host path", disk(good, "<disk type='file'><source file='/etc/shadow'/>"));
    all.put("volume path", disk(good, "<disk type='volume'><source pool='drover' volume='../x'/>"));
    all.put("no such volume", disk(good, "<disk type='volume'><source pool='drover' volume='x'/>"));
    all.put("entities by reference", good.replace("bad", "&x;"));
    all.put("lone surrogate", good.replace("bad", "b&#xD800;d"));
    all.put("long name", good.replace("bad", "b".repeat(200_000)));
    all.put("many attributes", good.replace("<vcpu", "<vcpu" + attributes(20_000)));
    all.put("endless number", good.replace("<vcpu>1", "<vcpu>" + "9".repeat(200_000)));
    all.put("endless memory", good.replace(">64<", ">99999999999999999999<"));
    all.put("zero vCPUs", good.replace("<vcpu>1", "<vcpu>0"));
    all.put(
        "pass-through arguments",
        good.replace("<domain ", "<domain xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0' ")
            .replace("</domain>", "<q:commandline><q:arg value='-S'/></q:commandline></domain>"));
    all.put(
        "XInclude",
        good.replace(
            "<vcpu>",
            "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/><vcpu>"));
    all.put("JSON deep", "[".repeat(100_000));
    all.put("JSON deep objects", "{\"devices\":".repeat(20_000));
    all.put("JSON endless number", "{\"memory\":{\"kib\":" + "9".repeat(200_000) + "}}");
    all.put("JSON endless exponent", "{\"memory\":{\"kib\":1e999999999}}");
    all.put("JSON long member", "{\"" + "m".repeat(200_000) + "\":1}");
    all.put("JSON NUL", json("b\\u0000d", "1"));
    all.put("JSON path as a name", json("../../etc/passwd", "1"));
    all.put("JSON two million vCPUs", json("bad", "2000000"));
    return all;
  }

  private static String attributes(int count) {
    return IntStream.range(0, count).mapToObj(i -> " a" + i + "=''").collect(Collectors.joining());
  }

  private static String json(String name, String vcpus) {
    return """
        {"type": "qemu", "identity": {"name": "%s"}, "memory": {"kib": 65536},
         "vcpus": {"max": %s, "iothreads": [{"id": 1}]},
         "os": {"arch": "x86_64", "machine": "q35"}, "devices": []}
        """
        .formatted(name, vcpus);
  }

  private static String disk(String good, String disk) {
    return good.replace(
        "</domain>",
        "<devices>" + disk + "<target dev='vda' bus='virtio'/></disk></devices></domain>");
  }

  /** A client that does not look into what it sends; one that does needs gigabytes for some. */
  private HttpResponse<String> post(TestProject project, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(project.path("/domains")))
            .header("Authorization", "Bearer " + project.token())
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void eachIsRefusedInBoundedTimeAndNothingIsKept() throws Exception {
    TestProject project = Api.project();
    post(project, "application/xml", "warm-up");
    for (Map.Entry<String, String> one : hostile().entrySet()) {
      String name = one.getKey();
      String type = name.startsWith("JSON") ? "application/json" : "application/xml";
      HttpResponse<String> answer =
          assertTimeoutPreemptively(LIMIT, () -> post(project, type, one.getValue()), name);
      assertThat(answer.statusCode()).as(name).isBetween(400, 422).isNotEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(name)
          .contains("application/problem+json");
      assertThat(answer.body()).as(name).doesNotContain("root:", "Exception", "io.drover");
      assertThat(answer.body().length()).as(name).isLessThan(LONGEST_PROBLEM);
      assertThat(ContractJson.mapper().readTree(answer.body()).path("detail").asText())
          .as(name)
          .isNotBlank();
    }
    assertThat(project.request().get(project.path("/domains")).jsonPath().getList("items"))
        .isEmpty();
  }

  @Test
  void theJsonFormIsTheSameDefinition() {
    TestProject project = Api.project();
    Response answer = project.post("/domains?start=false", "application/json", json("json1", "1"));
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
    assertThat(project.request().get(project.path("/domains/json1?format=xml")).asString())
        .contains("<name>json1</name>", "<uuid>" + answer.path("id") + "</uuid>");
  }
}
