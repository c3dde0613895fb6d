package io.drover.driver.internal.resource;

/**
 * What the journal keeps of one resource: enough to release it and to find it again after a crash.
 * Written before the host is changed.
 */
public interface ResourceRecord {
  /** How the journal writes and reads records of this type. */
  ResourceKind<?> kind();
}
