package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The documents and the records have the same members. A sample alone would not show a member that
 * a record has and the document does not: unknown members are valid.
 */
class DocumentedRecordsTest {
  private static final AsyncApi DOCUMENT = AsyncApi.read();

  static Collection<String> types() {
    return MessageTypes.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  void aRecordHasTheMembersThatTheDocumentSays(String type) {
    Class<?> record = MessageTypes.find(type).orElseThrow();
    compare(record, DOCUMENT.root().at("/components/schemas/" + DOCUMENT.payloadName(type)));
  }

  private static void compare(Class<?> type, JsonNode reference) {
    JsonNode schema = DOCUMENT.resolved(reference);
    if (type.isEnum()) {
      assertThat(texts(schema.get("enum"))).as(type.getSimpleName()).isEqualTo(constants(type));
    }
    if (!type.isRecord() || !schema.path("type").asText().equals("object")) {
      return;
    }
    Set<String> members = new TreeSet<>();
    Set<String> always = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      members.add(component.getName());
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        always.add(component.getName());
      }
      JsonNode member = schema.at("/properties/" + component.getName());
      assertThat(member.isMissingNode()).as(type + " " + component.getName()).isFalse();
      compareMember(component, member);
    }
    assertThat(names(schema.get("properties"))).as(type.getSimpleName()).isEqualTo(members);
    if (!type.isAnnotationPresent(JsonInclude.class)) {
      assertThat(texts(schema.get("required"))).as(type.getSimpleName()).isEqualTo(always);
    }
  }

  private static void compareMember(RecordComponent component, JsonNode member) {
    if (component.getGenericType() instanceof ParameterizedType list
        && component.getType() == List.class) {
      compare((Class<?>) list.getActualTypeArguments()[0], member.get("items"));
    } else if (component.getType() != ErrorCode.class) {
      compare(component.getType(), member);
    }
  }

  @Test
  void theProblemOfTheApiIsTheProblemOfTheRecord() {
    JsonNode problem = AsyncApi.yaml("openapi.yaml").at("/components/schemas/Problem");
    assertThat(names(problem.get("properties"))).isEqualTo(components(Problem.class));
    assertThat(names(problem.at("/properties/errors/items/properties")))
        .isEqualTo(components(Problem.Fault.class));
  }

  @Test
  void theApiNamesEveryKindOfOperation() {
    assertThat(
            texts(
                AsyncApi.yaml("openapi.yaml")
                    .at("/components/schemas/Operation/properties/kind/enum")))
        .isEqualTo(constants(OperationKind.class));
  }

  /** One line each: the name, and the members of the record. */
  @ParameterizedTest
  @ValueSource(classes = {LiveOperation.class, LiveResult.class})
  void theApiHasALineForEachMemberOfTheFamily(Class<?> family) {
    JsonNode lines =
        AsyncApi.yaml("openapi.yaml")
            .at("/components/schemas/" + family.getSimpleName() + "/oneOf");
    String discriminator = family.getAnnotation(JsonTypeInfo.class).property();
    for (Class<?> member : family.getPermittedSubclasses()) {
      String name = member.getAnnotation(JsonTypeName.class).value();
      JsonNode line = null;
      for (JsonNode each : lines) {
        line = each.path("title").asText().equals(name) ? each : line;
      }
      assertThat(line).as("openapi.yaml has a line for " + name).isNotNull();
      Set<String> members = components(member);
      members.add(discriminator);
      assertThat(names(line.get("properties"))).as(name).isEqualTo(members);
      assertThat(texts(line.at("/properties/" + discriminator + "/enum"))).isEqualTo(Set.of(name));
    }
    assertThat(lines).hasSize(family.getPermittedSubclasses().length);
  }

  /** The gateway shows one view on both; only ages are left out of what is kept. */
  @Test
  void theTopicOfStatesHasTheDomainOfTheApiWithoutAges() {
    JsonNode api = AsyncApi.yaml("openapi.yaml").at("/components/schemas/Domain");
    JsonNode state = DOCUMENT.root().at("/components/schemas/DomainState");
    assertThat(names(state.get("properties"))).isEqualTo(names(api.get("properties")));
    assertThat(texts(state.get("required"))).isEqualTo(texts(api.get("required")));
    assertThat(texts(state.at("/properties/phase/enum")))
        .isEqualTo(texts(api.at("/properties/phase/enum")));
    Set<String> observed = names(api.at("/properties/observed/properties"));
    observed.removeIf(name -> name.endsWith("AgeSeconds") || name.equals("ageSeconds"));
    assertThat(names(state.at("/properties/observed/properties"))).isEqualTo(observed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"asyncapi.yaml", "openapi.yaml"})
  void everyReferenceLeadsSomewhere(String name) {
    JsonNode document = AsyncApi.yaml(name);
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  /** A channel that several parts write to has an operation for each of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {"domainCommands", "hostCommands", "domainEvents", "placements", "hostReports"})
  void somebodySendsEachMessageOfAChannel(String channel) {
    String prefix = "#/channels/" + channel;
    Set<String> sent = new TreeSet<>();
    for (JsonNode operation : DOCUMENT.root().get("operations")) {
      if (operation.path("action").asText().equals("send")
          && operation.at("/channel/$ref").asText().equals(prefix)) {
        operation.get("messages").forEach(each -> sent.add(name(each)));
      }
    }
    assertThat(sent).isEqualTo(names(DOCUMENT.root().at("/channels/" + channel + "/messages")));
  }

  @Test
  void theGatewayMayEndAnOperation() {
    Set<String> answers = new TreeSet<>();
    DOCUMENT.root().at("/operations/gatewayAnswers/messages").forEach(m -> answers.add(name(m)));
    assertThat(answers).contains("OperationFailed");
  }

  private static String name(JsonNode reference) {
    String path = reference.get("$ref").asText();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** In {@code {description: this, that}} YAML takes "that" for a member. */
  @ParameterizedTest
  @ValueSource(strings = {"asyncapi.yaml", "openapi.yaml"})
  void noPartOfASentenceIsAMember(String name) {
    Set<String> members = new TreeSet<>();
    collect(AsyncApi.yaml(name), members);
    assertThat(members).contains("description").noneMatch(member -> member.contains(" "));
  }

  private static void collect(JsonNode node, Set<String> members) {
    members.addAll(names(node));
    node.forEach(child -> collect(child, members));
  }

  private static Set<String> components(Class<?> record) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(record.getRecordComponents()).forEach(each -> names.add(each.getName()));
    return names;
  }

  private static Set<String> constants(Class<?> type) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(type.getEnumConstants()).forEach(each -> names.add(((Enum<?>) each).name()));
    return names;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
