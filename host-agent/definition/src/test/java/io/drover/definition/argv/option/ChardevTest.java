package io.drover.definition.argv.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChardevTest {
  @Test
  void aServerWaitsWhereNothingElseIsSaid() {
    Chardev waiting =
        new Chardev("socket", "c", new Props().put("path", "/a,b").put("server", true));

    assertThat(waiting.value()).isEqualTo("socket,id=c,path=/a,,b,server=on");
    assertThat(data(waiting)).isEqualTo(Map.of("addr", unix("/a,b"), "server", true, "wait", true));
  }

  @Test
  void aClientSaysToQmpThatItIsNoServer() {
    Chardev client = new Chardev("socket", "c", new Props().put("path", "/s").put("reconnect", 2));

    assertThat(client.value()).isEqualTo("socket,id=c,path=/s,reconnect=2");
    assertThat(data(client)).isEqualTo(Map.of("addr", unix("/s"), "server", false, "reconnect", 2));
  }

  private static Map<String, Object> unix(String path) {
    return Map.of("type", "unix", "data", Map.of("path", path));
  }

  @Test
  void aTcpServerHasAHostAndAPort() {
    Chardev telnet =
        new Chardev(
            "socket",
            "c",
            new Props()
                .put("host", "::1")
                .put("port", "4555")
                .put("telnet", true)
                .put("server", true)
                .put("wait", false)
                .put("tls-creds", "objc_tls0"));

    assertThat(telnet.value())
        .isEqualTo(
            "socket,id=c,host=::1,port=4555,telnet=on,server=on,wait=off,tls-creds=objc_tls0");
    assertThat(data(telnet))
        .containsEntry(
            "addr", Map.of("type", "inet", "data", Map.of("host", "::1", "port", "4555")))
        .containsEntry("telnet", true)
        .containsEntry("wait", false)
        .containsEntry("tls-creds", "objc_tls0");
  }

  @Test
  void aFileIsNamedOtherwiseThanADevice() {
    Chardev file =
        new Chardev("file", "c", new Props().put("path", "/f").put("append", true))
            .logging("/l", "off");

    assertThat(file.value()).isEqualTo("file,id=c,path=/f,append=on,logfile=/l,logappend=off");
    assertThat(data(file))
        .isEqualTo(Map.of("out", "/f", "append", true, "logfile", "/l", "logappend", false));
    assertThat(data(new Chardev("serial", "c", new Props().put("path", "/dev/ttyS0"))))
        .isEqualTo(Map.of("device", "/dev/ttyS0"));
  }

  @Test
  void whatHasNoSettingsHasEmptyOnes() {
    Chardev nothing = new Chardev("null", "c", new Props());

    assertThat(nothing.value()).isEqualTo("null,id=c");
    assertThat(data(nothing)).isEqualTo(Map.of());
    assertThat(nothing.remove()).contains(new PlugCommand("chardev-remove", Map.of("id", "c")));
  }

  @Test
  void channelsOfSpiceAreNamedByTypeOrPort() {
    assertThat(data(new Chardev("spicevmc", "c", new Props().put("name", "vdagent"))))
        .isEqualTo(Map.of("type", "vdagent"));
    assertThat(data(new Chardev("spiceport", "c", new Props().put("name", "org.x.0"))))
        .isEqualTo(Map.of("fqdn", "org.x.0"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> data(Chardev chardev) {
    PlugCommand add = chardev.add().orElseThrow();
    assertThat(add.execute()).isEqualTo("chardev-add");
    assertThat(add.arguments()).containsEntry("id", "c");
    Map<String, Object> backend = (Map<String, Object>) add.arguments().get("backend");
    assertThat(backend).containsEntry("type", chardev.driver());
    return (Map<String, Object>) backend.get("data");
  }
}
