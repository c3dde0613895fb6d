package io.drover.driver.internal.isolation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who answers the name queries of isolated guests. QEMU sends them to the first IPv4 server of
 * {@code /etc/resolv.conf}; where that is the host itself, as 127.0.0.53, the namespace sends them
 * to another one.
 *
 * @param from whom QEMU asks; empty when nothing has to be changed
 * @param to who is asked instead; empty when there is nobody
 */
record GuestResolver(Optional<InetAddress> from, Optional<InetAddress> to) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /**
   * The choice.
   *
   * @param configured what the driver was opened with; these win
   */
  static GuestResolver of(List<String> configured, HostNetwork host) {
    Optional<InetAddress> asked = addresses(host.nameservers().stream()).findFirst();
    if (asked.isEmpty()) {
      return new GuestResolver(Optional.empty(), Optional.empty());
    }
    Stream<String> offered =
        configured.isEmpty()
            ? Stream.concat(host.nameservers().stream(), host.upstream().stream())
            : configured.stream();
    Optional<InetAddress> chosen =
        addresses(offered).filter(each -> !host.isHost(each)).findFirst();
    return chosen.equals(asked)
        ? new GuestResolver(Optional.empty(), Optional.empty())
        : new GuestResolver(asked, chosen);
  }

  /** Whether guests cannot resolve names. */
  boolean missing() {
    return from.isPresent() && to.isEmpty();
  }

  private static Stream<InetAddress> addresses(Stream<String> words) {
    return words.filter(word -> IPV4.matcher(word).matches()).flatMap(GuestResolver::parse);
  }

  private static Stream<InetAddress> parse(String literal) {
    try {
      return Stream.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return Stream.empty(); // as 300.1.1.1
    }
  }
}
