package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, versions and forms of what is read. */
@QuarkusTest
class ReadingIT extends GatewayTestCase {
  private static void define(TestProject project, String name) {
    project.post("/domains?start=false", "application/xml", Api.xml(name)).then().statusCode(201);
  }

  private static List<String> walk(TestProject project, String path, String member) {
    List<String> seen = new ArrayList<>();
    String token = "";
    int pages = 0;
    while (token != null && pages++ < 20) {
      JsonPath page =
          project
              .request()
              .get(project.path(path + "?pageSize=3&pageToken=" + token))
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      seen.addAll(page.getList("items." + member));
      token = page.getString("nextPageToken");
    }
    return seen;
  }

  @Test
  void pagesGiveEachDomainOnceInOrderWhileOthersAreAdded() {
    TestProject project = Api.project();
    for (int i = 0; i < 7; i++) {
      define(project, "d" + i);
    }
    JsonPath first = project.request().get(project.path("/domains?pageSize=3")).jsonPath();
    define(project, "a-new-one");
    Response rest =
        project
            .request()
            .get(
                project.path("/domains?pageSize=10&pageToken=" + first.getString("nextPageToken")));
    assertThat(first.getList("items.name")).isEqualTo(List.of("d0", "d1", "d2"));
    assertThat(rest.jsonPath().getList("items.name")).isEqualTo(List.of("d3", "d4", "d5", "d6"));
    assertThat(rest.jsonPath().getString("nextPageToken")).isNull();
    assertThat(walk(project, "/domains", "name")).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void operationsAreListedNewestFirst() {
    TestProject project = Api.project();
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      accepted.add(0, project.post("/domains", "application/xml", Api.xml("o" + i)).path("id"));
    }
    assertThat(walk(project, "/operations", "id")).isEqualTo(accepted);
    String subject = project.request().get(project.path("/domains/o3")).jsonPath().getString("id");
    project
        .request()
        .get(project.path("/operations?subject=" + subject))
        .then()
        .body("items.name", equalTo(List.of("o3")));
  }

  @Test
  void aChangedDomainFailsThePrecondition() {
    TestProject project = Api.project();
    define(project, "tagged");
    String etag = project.request().get(project.path("/domains/tagged")).header("ETag");
    project
        .request()
        .header("If-Match", "\"77\"")
        .delete(project.path("/domains/tagged"))
        .then()
        .statusCode(412)
        .body("code", equalTo("PRECONDITION_FAILED"));
    project
        .request()
        .header("If-Match", etag)
        .delete(project.path("/domains/tagged"))
        .then()
        .statusCode(202);
    project
        .request()
        .header("If-Match", etag)
        .delete(project.path("/domains/tagged"))
        .then()
        .statusCode(412);
  }

  @Test
  void aDomainIsFoundByIdAndByNameAndAsXml() {
    TestProject project = Api.project();
    define(project, "both");
    String id = project.request().get(project.path("/domains/both")).jsonPath().getString("id");
    project
        .request()
        .get(project.path("/domains/" + id))
        .then()
        .body("name", equalTo("both"))
        .body("phase", equalTo("DEFINED"))
        .body("desired", equalTo("STOPPED"));
    assertThat(project.request().get(project.path("/domains/both?format=xml")).asString())
        .startsWith("<domain")
        .contains("<name>both</name>");
    Response xml = project.request().accept("application/xml").get(project.path("/domains/" + id));
    assertThat(xml.contentType()).startsWith("application/xml");
    assertThat(xml.asString()).contains("<name>both</name>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | json",
        "application/json | json",
        "application/xml | xml",
        "text/html, application/xml | xml",
        "text/html, application/xml, */*;q=0.1 | xml",
        "application/xml;q=0.2, application/json;q=0.9 | json",
        "application/xml;q=0.9, application/json;q=0.2 | xml",
      })
  void aDomainHasTheFormThatIsAccepted(String accept, String form) {
    TestProject project = Api.project();
    define(project, "formed");
    Response read = project.request().header("Accept", accept).get(project.path("/domains/formed"));
    read.then().statusCode(200);
    assertThat(read.contentType()).isEqualTo("application/" + form);
    assertThat(read.header("ETag")).isNotNull();
  }

  @Test
  void aDomainHasNoFormButXmlAndJson() {
    TestProject project = Api.project();
    define(project, "formed");
    project
        .request()
        .header("Accept", "text/html")
        .get(project.path("/domains/formed"))
        .then()
        .statusCode(406)
        .body("code", equalTo("NOT_ACCEPTABLE"));
  }

  @Test
  void validateOnlyKeepsNothing() {
    TestProject project = Api.project();
    project
        .post("/domains?validateOnly=true", "application/xml", Api.xml("dry"))
        .then()
        .statusCode(200);
    project.request().get(project.path("/domains/dry")).then().statusCode(404);
    project
        .post("/domains?validateOnly=true", "application/xml", Api.xml("dry", "no-such-volume"))
        .then()
        .statusCode(404);
  }

  @Test
  void validateOnlyNamesAllFaultsOfADefinitionWithTheirPlaces() {
    TestProject project = Api.project();
    String xml =
        Api.xml("dry")
            .replace(
                "</domain>",
                "<devices>\n<teapot/>\n<disk type='file'><source file='/etc/shadow'/>"
                    + "<target dev='hda' bus='ide'/></disk>\n"
                    + "<video><model type='cirrus' heads='2'/></video></devices></domain>");
    project
        .post("/domains?validateOnly=true", "application/xml", xml)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("INVALID_DEFINITION"))
        .body("errors.path", hasItem("/domain/devices/teapot"))
        .body("errors.path", hasItem("/domain/devices/video"))
        .body("errors.findAll { it.line == null }", equalTo(List.of()));
    project.request().get(project.path("/domains/dry")).then().statusCode(404);
    project
        .post("/domains?validateOnly=true", "application/xml", Api.xml("dry"))
        .then()
        .statusCode(200);
  }

  @Test
  void aTokenListsItsProjectsAndAnOperatorAll() {
    TestProject mine = Api.project();
    TestProject other = Api.project();
    mine.request().get("/v1/projects").then().body("items.name", equalTo(List.of(mine.name())));
    Api.as(Tokens.operator())
        .get("/v1/projects?pageSize=500")
        .then()
        .body("items.name", hasItem(other.name()));
    Api.as(Tokens.tenant())
        .get("/v1/projects")
        .then()
        .body("items.name", not(hasItem(mine.name())));
    Api.as(Tokens.operator()).get(other.path("")).then().statusCode(200);
  }

  @Test
  void whatIsImpossibleInAPhaseIsRefused() {
    TestProject project = Api.project();
    define(project, "still");
    for (String action : List.of("shutdown", "destroy")) {
      project
          .request()
          .post(project.path("/domains/still/" + action))
          .then()
          .statusCode(409)
          .body("code", equalTo("INVALID_STATE"));
    }
    project.request().post(project.path("/domains/still/start")).then().statusCode(202);
    project.request().post(project.path("/domains/still/start")).then().statusCode(409);
    project
        .post("/domains", "application/xml", Api.xml("still"))
        .then()
        .statusCode(409)
        .body("code", equalTo("NAME_TAKEN"));
  }

  @Test
  void aVolumeOfADomainIsInUse() {
    TestProject project = Api.project();
    UUID volume = Api.readyVolume(project, parts, "used");
    project
        .post("/domains?start=false", "application/xml", Api.xml("user", "used"))
        .then()
        .statusCode(201);
    project
        .request()
        .delete(project.path("/volumes/" + volume))
        .then()
        .statusCode(409)
        .body("code", equalTo("IN_USE"));
    project
        .post("/domains", "application/xml", Api.xml("second", "used"))
        .then()
        .statusCode(409)
        .body("code", equalTo("IN_USE"));
  }
}
