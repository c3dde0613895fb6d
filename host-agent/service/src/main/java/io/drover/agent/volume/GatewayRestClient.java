package io.drover.agent.volume;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Images at the gateway. */
@RegisterRestClient(configKey = "gateway")
@Path("/v1/images")
public interface GatewayRestClient {
  /** The content as a stream that is read as it comes; the caller closes it. */
  @GET
  @Path("/{image}/content")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  InputStream content(
      @HeaderParam("Authorization") String authorization, @PathParam("image") String image);
}
