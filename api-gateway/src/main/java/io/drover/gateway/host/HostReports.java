package io.drover.gateway.host;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.report.HostReport;
import io.drover.gateway.topic.feed.TopicRecord;
import io.drover.gateway.topic.feed.TopicTail;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The last report of each host, read from the topic from its beginning. Thread-safe. */
@Startup
@ApplicationScoped
public class HostReports {
  private static final Logger LOG = Logger.getLogger(HostReports.class);

  private final Map<HostId, HostReport> latest = new ConcurrentHashMap<>();
  private final TopicTail tail;

  HostReports(KafkaSettings kafka) {
    this.tail =
        new TopicTail(kafka, List.of(Topics.HOST_REPORTS), Long.MAX_VALUE, new Collecting());
  }

  @PostConstruct
  void start() {
    tail.start();
  }

  void stop(@Observes ShutdownEvent event) {
    tail.close();
  }

  /** The last report of this host. */
  public Optional<HostReport> latest(HostId host) {
    return Optional.ofNullable(latest.get(host));
  }

  /** The last report of each host, by name. */
  public List<HostReport> all() {
    return latest.values().stream().sorted(Comparator.comparing(HostReport::name)).toList();
  }

  private final class Collecting implements TopicTail.Reader {
    @Override
    public void begin(Map<Integer, Long> offsets) {
      LOG.debugf("Reading host reports from offsets %s", offsets);
    }

    @Override
    public void read(TopicRecord record) {
      if (record.value() == null) {
        return;
      }
      try {
        Object data = CloudEvents.read(record.headers(), record.value()).data();
        if (data instanceof HostReport report) {
          latest.merge(report.hostId(), report, Collecting::newer);
        }
      } catch (ProblemException e) {
        LOG.warnf(
            "The host report at offset %d is ignored, it is unreadable: %s",
            record.offset(), e.getMessage());
      }
    }

    private static HostReport newer(HostReport known, HostReport next) {
      boolean older =
          next.epoch() < known.epoch()
              || next.epoch() == known.epoch() && next.sequence() < known.sequence();
      return older ? known : next;
    }
  }
}
