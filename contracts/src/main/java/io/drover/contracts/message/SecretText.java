package io.drover.contracts.message;

/** A password. It prints as {@code ***}, so that no log, error or dump of settings shows it. */
public record SecretText(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
