package io.drover.contracts.definition;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The guest's clock.
 *
 * @param offset utc, localtime, variable, timezone or absolute
 * @param adjustment seconds from the base, of variable
 * @param basis utc or localtime, of variable
 * @param start seconds since 1970, of absolute
 */
public record Clock(
    String offset,
    @Nullable Long adjustment,
    @Nullable String basis,
    @Nullable String timezone,
    @Nullable Long start,
    List<Timer> timers) {
  public static final Clock UTC = new Clock("utc", null, null, null, null, List.of());

  public Clock {
    timers = Defaults.list(timers);
  }

  /** One timer device; {@code frequency} in Hz. */
  public record Timer(
      String name,
      @Nullable Boolean present,
      @Nullable String tickPolicy,
      @Nullable String track,
      @Nullable String mode,
      @Nullable Long frequency,
      @Nullable CatchUp catchUp) {}

  /**
   * How lost ticks come again, of tickpolicy catchup; libvirt's own numbers, which QEMU ignores.
   */
  public record CatchUp(@Nullable Long threshold, @Nullable Long slew, @Nullable Long limit) {}

  static Clock read(XmlElement domain) {
    XmlElement clock = domain.gathered("clock");
    if (clock == null) {
      return UTC;
    }
    XmlValues values = clock.values();
    String offset =
        values.wordOr("offset", "utc", "utc", "localtime", "variable", "timezone", "absolute");
    values.text("sync"); // libvirt's page writes it, and libvirt does not read it
    String adjustment = values.text("adjustment");
    boolean reset = adjustment == null || adjustment.equals("reset");
    boolean moved = !reset && (offset.equals("utc") || offset.equals("localtime"));
    return new Clock(
        moved ? "variable" : offset,
        reset ? null : values.number("adjustment", -Integer.MAX_VALUE, Integer.MAX_VALUE),
        moved ? offset : values.word("basis", "utc", "localtime"),
        values.text("timezone"),
        values.number("start", 0, Long.MAX_VALUE),
        clock.children("timer").stream().map(Clock::timer).toList());
  }

  private static Timer timer(XmlElement element) {
    XmlValues values = element.values();
    XmlElement catchUp = element.child("catchup");
    String name =
        values.word("name", "platform", "pit", "rtc", "hpet", "tsc", "kvmclock", "hypervclock");
    if (name == null && values.text("name") == null) {
      element.invalid("<timer> needs 'name'.");
    }
    if (catchUp != null && !"catchup".equals(element.attribute("tickpolicy"))) {
      catchUp.invalid("<catchup> goes with tickpolicy='catchup' only.");
    }
    return new Timer(
        name == null ? "rtc" : name,
        values.yesNo("present"),
        values.word("tickpolicy", "delay", "catchup", "merge", "discard"),
        values.word("track", "boot", "guest", "wall", "realtime"),
        values.word("mode", "auto", "native", "emulate", "paravirt", "smpsafe"),
        values.number("frequency", 1, Long.MAX_VALUE),
        catchUp == null
            ? null
            : new CatchUp(
                catchUp.values().number("threshold", 0, Long.MAX_VALUE),
                catchUp.values().number("slew", 0, Long.MAX_VALUE),
                catchUp.values().number("limit", 0, Long.MAX_VALUE)));
  }

  void write(XmlWriter out) {
    out.open("clock")
        .attribute("offset", offset)
        .attribute("adjustment", adjustment)
        .attribute("basis", basis)
        .attribute("timezone", timezone)
        .attribute("start", start);
    for (Timer timer : timers) {
      out.open("timer")
          .attribute("name", timer.name)
          .yesNo("present", timer.present)
          .attribute("tickpolicy", timer.tickPolicy)
          .attribute("track", timer.track)
          .attribute("mode", timer.mode)
          .attribute("frequency", timer.frequency);
      out.part(
          timer.catchUp,
          catchUp ->
              out.open("catchup")
                  .attribute("threshold", catchUp.threshold)
                  .attribute("slew", catchUp.slew)
                  .attribute("limit", catchUp.limit)
                  .close());
      out.close();
    }
    out.close();
  }
}
