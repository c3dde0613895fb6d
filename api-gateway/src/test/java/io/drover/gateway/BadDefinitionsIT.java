package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hostile definitions get a clear problem in milliseconds. */
@QuarkusTest
class BadDefinitionsIT extends GatewayTestCase {
  private static final long LIMIT_MILLIS = 1_000;

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
    return all;
  }

  private static String disk(String good, String disk) {
    return good.replace(
        "</domain>",
        "<devices>" + disk + "<target dev='vda' bus='virtio'/></disk></devices></domain>");
  }

  @Test
  void eachIsRefusedQuicklyAndNothingIsKept() {
    TestProject project = Api.project();
    project.post("/domains?validateOnly=true", "application/xml", Api.xml("warm-up"));
    hostile()
        .forEach(
            (name, xml) -> {
              long before = System.nanoTime();
              Response answer = project.post("/domains", "application/xml", xml);
              long millis = (System.nanoTime() - before) / 1_000_000;
              assertThat(answer.statusCode()).as(name).isBetween(400, 422).isNotEqualTo(401);
              assertThat(answer.contentType()).as(name).startsWith("application/problem+json");
              assertThat(answer.asString())
                  .as(name)
                  .doesNotContain("root:", "Exception", "io.drover");
              assertThat(answer.jsonPath().getString("detail")).as(name).isNotBlank();
              assertThat(millis).as(name).isLessThan(LIMIT_MILLIS);
            });
    assertThat(project.request().get(project.path("/domains")).jsonPath().getList("items"))
        .isEmpty();
  }

  @Test
  void theJsonFormIsTheSameDefinition() {
    TestProject project = Api.project();
    String json =
        """
        {"type": "qemu", "identity": {"name": "json1"}, "memory": {"kib": 65536},
         "vcpus": {"max": 1, "iothreads": 0},
         "os": {"arch": "x86_64", "machine": "q35"}, "devices": []}
        """;
    Response answer = project.post("/domains?start=false", "application/json", json);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
    assertThat(project.request().get(project.path("/domains/json1?format=xml")).asString())
        .contains("<name>json1</name>", "<uuid>" + answer.path("id") + "</uuid>");
  }
}
