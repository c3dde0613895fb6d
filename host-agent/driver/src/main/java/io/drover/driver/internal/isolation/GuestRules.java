package io.drover.driver.internal.isolation;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.stream.Collectors;

/**
 * The rules inside the namespace, for nft. They hold for what leaves QEMU's user networks: nothing
 * goes to the host, to link-local addresses, to the namespace itself (where the sockets of other
 * guests' networks are) or to many at once; nothing comes in but answers.
 */
final class GuestRules {
  private static final String LINE = "\n    ";

  private GuestRules() {}

  /** One transaction: the kernel has the rules of before, or all of these. */
  static String of(HostNetwork host, GuestResolver resolver) {
    return """
        table inet drover
        delete table inet drover
        table inet drover {
          set host4 {
            type ipv4_addr
            %s
          }
          set host6 {
            type ipv6_addr
            %s
          }
          chain refuse {
            meta l4proto tcp reject with tcp reset
            reject
          }
          chain leave {
            type filter hook output priority 0; policy accept;
            ct state established,related accept
            ct status dnat accept
            oifname "lo" goto refuse
            icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit } accept
            fib daddr type != unicast goto refuse
            ip daddr { 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/3 } goto refuse
            ip6 daddr { ::/96, ::ffff:0:0/96, fe80::/10, ff00::/8 } goto refuse
            ip daddr @host4 goto refuse
            ip6 daddr @host6 goto refuse
          }
          chain enter {
            type filter hook input priority 0; policy drop;
            ct state established,related accept
            icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
          }
        %s}
        """
        .formatted(elements(host, true), elements(host, false), names(resolver));
  }

  private static String elements(HostNetwork host, boolean four) {
    String all =
        host.addresses().stream()
            .filter(address -> address instanceof Inet4Address == four)
            .map(InetAddress::getHostAddress)
            .sorted()
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : "elements = { " + all + " }";
  }

  private static String names(GuestResolver resolver) {
    if (resolver.from().isEmpty() || resolver.to().isEmpty()) {
      return "";
    }
    return "  chain names {"
        + LINE
        + "type nat hook output priority -100; policy accept;"
        + LINE
        + "ip daddr "
        + resolver.from().get().getHostAddress()
        + " meta l4proto { tcp, udp } th dport 53 dnat ip to "
        + resolver.to().get().getHostAddress()
        + "\n  }\n  chain sources {"
        + LINE
        + "type nat hook postrouting priority 100; policy accept;"
        + LINE
        + "ct status dnat masquerade\n  }\n";
  }
}
