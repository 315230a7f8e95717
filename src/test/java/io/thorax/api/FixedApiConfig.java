package io.thorax.api;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** Small limits, so that tests reach them. */
final class FixedApiConfig implements ApiConfig {
  static final int PAGE_SIZE = 20;

  @Override
  public MemorySize maxImageSize() {
    return bytes(4096);
  }

  @Override
  public MemorySize maxRequestSize() {
    return bytes(1024);
  }

  @Override
  public MemorySize uploadMemory() {
    return bytes(8192);
  }

  @Override
  public int pageSize() {
    return PAGE_SIZE;
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(5);
  }

  private static MemorySize bytes(long number) {
    return new MemorySize(BigInteger.valueOf(number));
  }
}
