package io.drover.gateway.image;

import io.drover.contracts.id.ImageId;
import java.util.List;
import java.util.Optional;

/** The stored images; their contents are files. */
public interface Images {
  Optional<Image> find(ImageId id);

  Optional<Image> find(String name);

  /** In the order of their names, after this one. */
  List<Image> page(Optional<String> after, int limit);

  void add(Image image);

  /** Stores the content's size and hash, unless the image has content; false if it has. */
  boolean fill(Image image);
}
