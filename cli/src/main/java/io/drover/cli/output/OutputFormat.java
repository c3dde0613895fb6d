package io.drover.cli.output;

/** What standard output is for: {@code table} for people, {@code json} for programs. */
public enum OutputFormat {
  table,
  json
}
