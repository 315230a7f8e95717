package io.thorax.inference;

import io.thorax.study.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * When a model that could not be loaded is tried again: after 10 s, then after twice as long as
 * before, at most after 5 minutes. For one thread.
 */
final class LoadBackOff {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private record Pause(Instant end, Duration length) {}

  private final InstantSource clock;
  private final Map<Sha256, Pause> pauses = new HashMap<>();

  LoadBackOff(InstantSource clock) {
    this.clock = clock;
  }

  boolean isDue(Sha256 digest) {
    Pause pause = pauses.get(digest);
    return pause == null || !clock.instant().isBefore(pause.end());
  }

  /** After how long it is due again. */
  Duration failed(Sha256 digest) {
    Pause before = pauses.get(digest);
    Duration length = before == null ? FIRST : shorter(before.length().multipliedBy(2), LONGEST);
    pauses.put(digest, new Pause(clock.instant().plus(length), length));
    return length;
  }

  void succeeded(Sha256 digest) {
    pauses.remove(digest);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
