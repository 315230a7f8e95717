package io.thorax.quickstart;

import java.util.HashMap;
import java.util.Map;

/** What an image shows, by its key, where it is known. */
final class Truth {
  private final Map<String, String> shows = new HashMap<>();

  void put(String key, String finding) {
    shows.put(key, finding);
  }

  /** REST stores an upload under a key of its own. */
  void storedAs(String key, String storedKey) {
    shows.put(storedKey, of(key));
  }

  /** Empty where it is not known. */
  String of(String key) {
    return shows.getOrDefault(key, "");
  }
}
