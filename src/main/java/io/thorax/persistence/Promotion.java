package io.thorax.persistence;

import io.thorax.study.Sha256;

/**
 * An alias that is to name another model.
 *
 * @param reason for its history
 */
public record Promotion(String alias, Sha256 model, String reason) {}
