package io.drover.contracts.command;

/**
 * Who asked and why; travels with the command through every part and ends in the audit trail.
 *
 * @param actor the subject of the caller's token, or the part that acted by itself
 * @param reason what was asked, as in {@code POST /v1/projects/p/domains}
 */
public record Cause(String actor, String reason) {}
