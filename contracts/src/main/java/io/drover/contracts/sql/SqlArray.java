package io.drover.scheduler.ledger.store;

import java.util.List;

/** An array parameter of a PostgreSQL type, as in {@code uuid}. */
record SqlArray(String type, Object[] values) {
  static SqlArray of(String type, List<?> values) {
    return new SqlArray(type, values.toArray());
  }
}
