package io.drover.definition.argv.host;

import io.drover.contracts.definition.common.SecretReference;
import org.jspecify.annotations.Nullable;

/**
 * How the host's displays are protected, whatever the definition says.
 *
 * @param vncTls the folder of VNC's certificates; null for no TLS
 * @param vncVerify whether viewers need a certificate
 * @param vncSecret what VNC's key is encrypted with
 * @param vncSasl whether viewers log in through SASL
 * @param spiceTls the folder of SPICE's certificates; null for no TLS
 * @param spiceSasl whether viewers log in through SASL
 */
public record DisplaySecurity(
    @Nullable String vncTls,
    boolean vncVerify,
    @Nullable SecretReference vncSecret,
    boolean vncSasl,
    @Nullable String spiceTls,
    boolean spiceSasl) {
  /** Neither certificates nor logins. */
  public static final DisplaySecurity NONE =
      new DisplaySecurity(null, false, null, false, null, false);

  /** libvirt's folders of certificates, where its settings ask for TLS. */
  public static final String SPICE_FOLDER = "/etc/pki/libvirt-spice";
}
