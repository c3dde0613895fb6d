package io.drover.standalone.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits until a process answers 200 at an address; a process that ends is noticed at once. */
public final class HttpReadiness {
  private static final long RETRY_MILLIS = 50;
  private static final Duration ONE_TRY = Duration.ofSeconds(5);
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ONE_TRY).build();

  /**
   * Returns when it answers.
   *
   * @throws IOException when the process ends or the deadline passes first; names the log
   */
  public void await(ChildProcess process, URI address, Duration deadline)
      throws IOException, InterruptedException {
    await(process, address, deadline, body -> true);
  }

  /**
   * Returns when it answers 200 with such a body.
   *
   * @throws IOException when the process ends or the deadline passes first; names the log
   */
  public void await(ChildProcess process, URI address, Duration deadline, Predicate<String> wanted)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(ONE_TRY).build();
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      if (answers(request, wanted) && process.alive()) {
        return;
      }
      if (!process.alive()) {
        throw new IOException(process.name() + " ended before it was ready; see " + process.log());
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            process.name()
                + " is not ready after "
                + deadline.toSeconds()
                + " s at "
                + address
                + "; see "
                + process.log());
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  private boolean answers(HttpRequest request, Predicate<String> wanted)
      throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && wanted.test(answer.body());
    } catch (IOException e) {
      // Refused or cut off: not there yet; the deadline decides.
      return false;
    }
  }
}
