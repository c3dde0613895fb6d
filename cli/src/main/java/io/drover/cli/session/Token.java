package io.drover.cli.session;

/** A bearer or refresh token; never shown. */
public record Token(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
