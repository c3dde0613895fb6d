package io.drover.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Paths of the REST API; every name that a person gave is escaped. */
public final class Paths {
  private Paths() {}

  public static String encode(String segment) {
    return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
  }

  /** {@code /v1/projects/NAME} followed by the segments, each escaped. */
  public static String ofProject(String project, String... segments) {
    StringBuilder path = new StringBuilder("/v1/projects/").append(encode(project));
    for (String segment : segments) {
      path.append('/').append(encode(segment));
    }
    return path.toString();
  }
}
