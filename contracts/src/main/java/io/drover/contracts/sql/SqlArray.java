package io.drover.contracts.sql;

import java.util.List;

/** An array parameter of a PostgreSQL type, as in {@code uuid}. */
public record SqlArray(String type, Object[] values) {
  public static SqlArray of(String type, List<?> values) {
    return new SqlArray(type, values.toArray());
  }
}
