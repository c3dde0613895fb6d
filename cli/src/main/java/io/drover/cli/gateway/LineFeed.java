package io.drover.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one HTTP answer that does not end. They arrive on the client's thread and are taken
 * on the caller's; at most {@value #WINDOW} wait.
 */
final class LineFeed implements Flow.Subscriber<String> {
  /** Given out when the answer has ended. No line holds a line break, so this is never a line. */
  static final String ENDED = "\n";

  private static final int WINDOW = 1024;
  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
  private Flow.@Nullable Subscription subscription;

  /** The body handler: the lines of a 200, the bytes of any other answer. */
  HttpResponse.BodySubscriber<byte[]> bodyOf(HttpResponse.ResponseInfo info) {
    return info.statusCode() == 200
        ? new Endless(
            HttpResponse.BodySubscribers.fromLineSubscriber(this, feed -> feed, UTF_8, null))
        : HttpResponse.BodySubscribers.ofByteArray();
  }

  /** The next line or {@link #ENDED}; empty when none came within the time. */
  Optional<String> poll(long nanos) {
    try {
      @Nullable String line = queue.poll(nanos, TimeUnit.NANOSECONDS);
      synchronized (this) {
        if (line != null && subscription != null) {
          subscription.request(1);
        }
      }
      return Optional.ofNullable(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  synchronized void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(WINDOW);
  }

  @Override
  public void onNext(String line) {
    queue.add(line);
  }

  @Override
  public void onError(Throwable failure) {
    queue.add(ENDED);
  }

  @Override
  public void onComplete() {
    queue.add(ENDED);
  }

  /** A body that counts as read when it begins, so that the caller gets the answer's head. */
  private record Endless(HttpResponse.BodySubscriber<LineFeed> lines)
      implements HttpResponse.BodySubscriber<byte[]> {
    @Override
    public CompletionStage<byte[]> getBody() {
      return CompletableFuture.completedFuture(new byte[0]);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      lines.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      lines.onNext(buffers);
    }

    @Override
    public void onError(Throwable failure) {
      lines.onError(failure);
    }

    @Override
    public void onComplete() {
      lines.onComplete();
    }
  }
}
