package io.drover.contracts.error;

import static io.drover.contracts.error.ErrorCategory.INTERNAL;
import static io.drover.contracts.error.ErrorCategory.RESOURCES;
import static io.drover.contracts.error.ErrorCategory.STATE;
import static io.drover.contracts.error.ErrorCategory.USER;

/**
 * Every error that leaves a part of Drover, over HTTP or in an event. The name and the number never
 * change their meaning; programs branch on them, never on the detail text.
 */
public enum ErrorCode {
  INVALID_ID(1001, USER, 400, false, "Invalid id"),
  INVALID_REQUEST(1002, USER, 400, false, "Invalid request"),
  MALFORMED_XML(1003, USER, 400, false, "Malformed XML"),
  UNSUPPORTED_ELEMENT(1004, USER, 422, false, "Unsupported element or attribute"),
  INVALID_DEFINITION(1005, USER, 422, false, "Invalid domain definition"),
  LIMIT_EXCEEDED(1006, USER, 422, false, "Limit exceeded"),
  FORBIDDEN_FOR_TENANTS(1007, USER, 403, false, "Only an operator may ask for this"),
  UNAUTHENTICATED(1008, USER, 401, false, "Authentication required"),
  FORBIDDEN(1009, USER, 403, false, "Forbidden"),
  NOT_FOUND(1010, USER, 404, false, "Not found"),
  REQUEST_TOO_LARGE(1011, USER, 413, false, "Request too large"),
  UNSUPPORTED_MEDIA_TYPE(1012, USER, 415, false, "Unsupported media type"),
  IDEMPOTENCY_KEY_REUSED(1013, USER, 422, false, "Idempotency key reused with another request"),
  METHOD_NOT_ALLOWED(1014, USER, 405, false, "Method not allowed"),
  NOT_ACCEPTABLE(1015, USER, 406, false, "Not acceptable"),

  NAME_TAKEN(2001, STATE, 409, false, "Name already taken"),
  INVALID_STATE(2002, STATE, 409, false, "Not possible in the present state"),
  PRECONDITION_FAILED(2003, STATE, 412, false, "The resource has changed"),
  SUPERSEDED(2004, STATE, 409, false, "A newer command has taken over"),
  EXPIRED(2005, STATE, 409, true, "The command expired before it was carried out"),
  IN_USE(2006, STATE, 409, false, "In use"),
  NO_GRANT(2007, STATE, 403, true, "No grant for this key"),
  ALREADY_RELEASED(2008, STATE, 409, false, "The key was already released for this claim"),

  NO_VALID_HOST(3001, RESOURCES, 409, true, "No valid host"),
  QUOTA_EXCEEDED(3002, RESOURCES, 403, false, "Quota exceeded"),
  HOST_RESOURCE_MISSING(3003, RESOURCES, 409, true, "The host lacks a resource"),
  TOO_MANY_REQUESTS(3004, RESOURCES, 429, true, "Too many requests"),

  INTERNAL_ERROR(4001, INTERNAL, 500, false, "Internal error"),
  UNAVAILABLE(4002, INTERNAL, 503, true, "Temporarily unavailable"),
  QEMU_START_FAILED(4003, INTERNAL, 500, true, "QEMU did not start"),
  QEMU_UNRESPONSIVE(4004, INTERNAL, 500, true, "QEMU does not answer"),
  QEMU_REFUSED(4005, INTERNAL, 500, false, "QEMU refused a command"),
  QEMU_EXITED(4006, INTERNAL, 500, true, "QEMU exited unexpectedly"),
  KEY_UNAVAILABLE(4007, INTERNAL, 503, true, "The disk key could not be fetched"),
  STORAGE_FAILED(4008, INTERNAL, 500, true, "A storage operation failed"),
  EMULATOR_UNUSABLE(4009, INTERNAL, 500, false, "No usable emulator"),
  TIMED_OUT(4010, INTERNAL, 504, true, "Timed out");

  private final int number;
  private final ErrorCategory category;
  private final int httpStatus;
  private final boolean retryable;
  private final String title;

  ErrorCode(int number, ErrorCategory category, int httpStatus, boolean retryable, String title) {
    this.number = number;
    this.category = category;
    this.httpStatus = httpStatus;
    this.retryable = retryable;
    this.title = title;
  }

  public int number() {
    return number;
  }

  public ErrorCategory category() {
    return category;
  }

  /** The HTTP status that a problem of this code has. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether the same request may succeed later without being changed. */
  public boolean retryable() {
    return retryable;
  }

  /** The short, constant summary; the detail of a problem says what was wrong this time. */
  public String title() {
    return title;
  }
}
