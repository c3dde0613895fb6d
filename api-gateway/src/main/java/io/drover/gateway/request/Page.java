package io.drover.gateway.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextPageToken null on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @Nullable String nextPageToken) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Makes the page from up to {@code size + 1} found rows.
   *
   * @param position the keyset position of a row: where the next page continues
   */
  public static <T, V> Page<V> of(
      List<T> found, PageRequest request, Function<T, String> position, Function<T, V> view) {
    boolean more = found.size() > request.size();
    List<T> rows = more ? found.subList(0, request.size()) : found;
    String next = more ? PageRequest.token(position.apply(rows.get(rows.size() - 1))) : null;
    return new Page<>(rows.stream().map(view).toList(), next);
  }
}
