package io.drover.gateway.access;

/** The realm roles that the gateway knows. */
public final class Roles {
  public static final String TENANT = "tenant";
  public static final String OPERATOR = "operator";
  public static final String AUTOMATION = "automation";
  public static final String HOST = "host";

  private Roles() {}
}
