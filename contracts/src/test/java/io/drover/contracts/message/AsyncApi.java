package io.drover.contracts.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The document of the topics, and its schemas as validators. */
record AsyncApi(JsonNode root) {
  static AsyncApi read() {
    return new AsyncApi(yaml("asyncapi.yaml"));
  }

  static JsonNode yaml(String name) {
    try {
      return new ObjectMapper(new YAMLFactory())
          .readTree(Path.of("src/main/contract", name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of a message's value. */
  Schema payload(String type) {
    return schema(payloadName(type));
  }

  String payloadName(String type) {
    for (JsonNode message : root.at("/components/messages")) {
      if (message.get("name").asText().equals(type)) {
        String reference = message.at("/payload/$ref").asText();
        return reference.substring(reference.lastIndexOf('/') + 1);
      }
    }
    throw new AssertionError(type + " is not in the document");
  }

  Schema schema(String name) {
    ObjectNode whole = ContractJson.mapper().createObjectNode();
    whole.put("$ref", "#/components/schemas/" + name);
    whole.set("components", root.get("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(whole);
  }

  /** What a reference leads to; of an alternative with null, the other one. */
  JsonNode resolved(JsonNode schema) {
    if (schema.has("$ref")) {
      return resolved(root.at(schema.get("$ref").asText().substring(1)));
    }
    for (String choice : new String[] {"oneOf", "anyOf"}) {
      if (schema.has(choice)) {
        return resolved(schema.get(choice).get(0));
      }
    }
    return schema;
  }
}
