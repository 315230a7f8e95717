package io.thorax.stack;

import java.util.Optional;

/** The system properties that set up the stack from outside. */
final class StackProperties {
  static final String DIRECTORY = "stack.directory";
  static final String CLEAN = "stack.clean";

  /** Seconds that each server may take to start or stop. */
  static final String PATIENCE = "stack.patience.seconds";

  static final String KAFKA_PORT = "stack.kafka.port";
  static final String KAFKA_BOOTSTRAP = "stack.kafka.bootstrap";

  static final String POSTGRES_PORT = "stack.postgres.port";

  /** {@code postgresql://host:port/database}; the user and password beside it. */
  static final String POSTGRES_URL = "stack.postgres.url";

  static final String POSTGRES_USER = "stack.postgres.user";
  static final String POSTGRES_PASSWORD = "stack.postgres.password";

  static final String S3_PORT = "stack.s3.port";
  static final String S3_ENDPOINT = "stack.s3.endpoint";
  static final String S3_ACCESS_KEY = "stack.s3.access-key";
  static final String S3_SECRET_KEY = "stack.s3.secret-key";

  private StackProperties() {}

  static Optional<String> get(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }

  static Optional<Integer> number(String name) {
    return get(name)
        .map(
            text -> {
              try {
                return Integer.valueOf(text);
              } catch (NumberFormatException e) {
                throw new IllegalArgumentException("-D" + name + ": not a number: " + text, e);
              }
            });
  }
}
