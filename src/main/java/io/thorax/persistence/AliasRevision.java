package io.thorax.persistence;

import io.thorax.study.Sha256;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One entry in the history of a model alias such as {@code champion}.
 *
 * @param revision 1, 2, ...: the highest is in force
 * @param model that the alias names from then on
 * @param previous the revision that a rollback returns to; empty if there is none
 * @param reason given by who moved the alias
 */
public record AliasRevision(
    String alias, int revision, Sha256 model, OptionalInt previous, String reason, Instant at) {}
