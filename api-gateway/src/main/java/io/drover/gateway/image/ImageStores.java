package io.drover.gateway.image;

import java.util.UUID;

/** Which store of image contents this cloud has. */
public interface ImageStores {
  /** The store's id: the one that is known, else this one, which is it from now on. */
  UUID claim(UUID id);
}
