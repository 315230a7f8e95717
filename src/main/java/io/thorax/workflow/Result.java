package io.thorax.workflow;

import io.thorax.study.Failure;
import io.thorax.study.Outcome;

/** What became of one request of a batch: neighbours never share a failure. */
public sealed interface Result {

  /** The outcome is durable and may be published. */
  record Done(Outcome outcome) implements Result {}

  /** The request is durable; its outcome follows when its work is done. */
  record Accepted() implements Result {}

  /** A failure of no known kind; the attempt counts. */
  record Poisoned(Failure.Poison failure) implements Result {}
}
