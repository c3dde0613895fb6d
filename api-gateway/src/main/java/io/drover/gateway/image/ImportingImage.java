package io.drover.gateway.image;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.id.ImageId;
import io.drover.gateway.request.ResourceNames;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes images and takes their contents. */
@ApplicationScoped
class ImportingImage {
  private static final Set<String> FORMATS = Set.of("raw", "qcow2");

  private final Images images;
  private final ImageFiles files;
  private final IdSource ids;

  record NewImage(@Nullable String name, @Nullable String format) {}

  ImportingImage(Images images, ImageFiles files, IdSource ids) {
    this.images = images;
    this.files = files;
    this.ids = ids;
  }

  /** Within the caller's transaction. */
  Image create(NewImage asked, Instant now) {
    String name = ResourceNames.plain("image", asked.name());
    String format = asked.format();
    if (format == null || !FORMATS.contains(format)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The image's format must be raw or qcow2.");
    }
    if (images.find(name).isPresent()) {
      throw ResourceNames.taken("image", name);
    }
    Image image = Image.empty(new ImageId(ids.next()), name, format, now);
    images.add(image);
    return image;
  }

  /** Takes the content; other content than the expected hash, or a second one, is refused. */
  Image fill(ImageId id, Optional<String> expected, InputStream body) {
    Image image = QuarkusTransaction.requiringNew().call(() -> require(id));
    if (image.state() == Image.State.READY) {
      throw alreadyFilled(image);
    }
    ImageFiles.Content content = files.receive(id, body);
    if (expected.isPresent() && !expected.get().equals(content.sha256())) {
      files.discard(content.file());
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The content has the SHA-256 "
              + content.sha256()
              + ", not the one of X-Content-SHA256; send it again.");
    }
    Image filled = image.filled(content);
    return QuarkusTransaction.requiringNew().call(() -> publish(filled, content));
  }

  /** The row is written first and locked, so that of two uploads one alone touches the file. */
  private Image publish(Image filled, ImageFiles.Content content) {
    if (!images.fill(filled)) {
      files.discard(content.file());
      throw alreadyFilled(filled);
    }
    files.publish(filled.id(), content);
    return filled;
  }

  Image require(ImageId id) {
    return images.find(id).orElseThrow(() -> ResourceNames.missing("image", id.toString()));
  }

  private static ProblemException alreadyFilled(Image image) {
    return new ProblemException(
        ErrorCode.INVALID_STATE,
        "The image \"" + image.name() + "\" has its content; make a new image for another.");
  }
}
