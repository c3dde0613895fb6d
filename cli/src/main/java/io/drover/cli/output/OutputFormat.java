package io.drover.cli.output;

/**
 * What standard output is for: {@code table} for people, {@code json} for programs, {@code xml}
 * where libvirt has a document for it.
 */
public enum OutputFormat {
  table,
  json,
  xml
}
