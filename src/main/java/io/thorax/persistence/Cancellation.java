package io.thorax.persistence;

/**
 * What a request to cancel has done.
 *
 * @param cancelled items that waited and are cancelled now
 * @param asked items that run: their workers hear of it with the next heartbeat
 */
public record Cancellation(int cancelled, int asked) {

  boolean none() {
    return cancelled == 0 && asked == 0;
  }
}
