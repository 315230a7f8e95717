package io.thorax.persistence;

import io.thorax.study.Outcome;
import java.time.Instant;

/**
 * A stored rejection.
 *
 * @param rejectedAt when first, by the database's clock
 */
public record Rejection(Outcome.Rejected outcome, Instant rejectedAt) {}
