package io.thorax.messaging;

import io.thorax.ConfigurationCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagingConfigTest {

  @ParameterizedTest
  @CsvSource({
    "thorax.messaging.max-event-size, 2G",
    "thorax.messaging.attempt-pause, 0s",
    "thorax.messaging.drain-timeout, 0s",
    "thorax.messaging.work-poll-interval, 0s"
  })
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(MessagingConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({"thorax.messaging.max-event-size, 2147483639", "thorax.messaging.attempt-pause, 1ms"})
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(MessagingConfig.class, key, value);
  }
}
