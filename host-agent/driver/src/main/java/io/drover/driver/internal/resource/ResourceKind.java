package io.drover.driver.internal.resource;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The journal's form of one type of record: a word, and items with attributes.
 *
 * @param word names the kind in status files; never changed once released
 * @param items writes a record
 * @param reader reads the items that were written; fails with an {@link IllegalArgumentException}
 *     for others
 */
public record ResourceKind<R extends ResourceRecord>(
    String word,
    Class<R> type,
    Function<R, List<Map<String, String>>> items,
    Function<List<Map<String, String>>, R> reader) {

  /** The items of a record of this kind. */
  public List<Map<String, String>> write(ResourceRecord resource) {
    return items.apply(type.cast(resource));
  }

  public R read(List<Map<String, String>> written) {
    return reader.apply(written);
  }

  /**
   * An attribute that must be there.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static String required(Map<String, String> item, String attribute) {
    String value = item.get(attribute);
    if (value == null) {
      throw new IllegalArgumentException("an <item> has no attribute " + attribute);
    }
    return value;
  }
}
