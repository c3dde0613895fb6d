package io.drover.agent.volume;

import io.drover.agent.key.HostToken;
import io.drover.contracts.command.ImageSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.InputStream;

/** Reads images from the gateway with the host's own token. */
final class GatewayClient implements ImageCache.Source {
  private final GatewayRestClient gateway;
  private final HostToken token;

  GatewayClient(GatewayRestClient gateway, HostToken token) {
    this.gateway = gateway;
    this.token = token;
  }

  @Override
  public InputStream open(ImageSource image) {
    try {
      return gateway.content(token.authorization(), image.imageId().toString());
    } catch (WebApplicationException e) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The gateway answered "
              + e.getResponse().getStatus()
              + " for the content of image "
              + image.imageId()
              + "; see that it was imported, then try again.",
          e);
    } catch (ProcessingException e) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The gateway cannot be reached for image " + image.imageId() + "; try again.",
          e);
    }
  }
}
