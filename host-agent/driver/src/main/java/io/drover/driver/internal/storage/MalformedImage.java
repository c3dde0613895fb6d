package io.drover.driver.internal.storage;

import java.io.Serial;

/** The beginning of an image is not what its format has there; the message completes a sentence. */
final class MalformedImage extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  MalformedImage(String why) {
    super(why);
  }
}
