package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.suite.DomainXml;
import io.drover.it.suite.EventFeed;
import io.drover.it.suite.EventFeed.Event;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tenant hears each step as it happens, and misses none by hanging up. */
@ExtendWith(SharedSuite.class)
class EventsFlowIT {
  @Test
  void resumeWhereTheyWereLeft(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    List<Event> heard;
    try (EventFeed feed = EventFeed.open(demo)) {
      demo.start("heard", DomainXml.diskless("heard"));
      feed.await("started");
      heard = feed.seen();
    }
    assertThat(heard).extracting(Event::data).anyMatch(data -> data.contains("spawn-qemu"));
    demo.delete("heard");
    try (EventFeed feed = EventFeed.resume(demo, heard.get(0).id())) {
      feed.await("deleted");
      assertThat(feed.seen()).containsSubsequence(heard.subList(1, heard.size()));
    }
  }

  @Test
  void ofAnotherProjectAreNotHeard(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    Project other = suite.other();
    try (EventFeed feed = EventFeed.open(other)) {
      demo.start("private", DomainXml.diskless("private"));
      demo.delete("private");
      other.start("public", DomainXml.diskless("public"));
      feed.await("started");
      assertThat(feed.seen()).noneMatch(event -> event.data().contains("private"));
    }
    other.delete("public");
  }
}
