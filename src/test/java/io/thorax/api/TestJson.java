package io.thorax.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** A mapper as the service has it. */
final class TestJson {
  private TestJson() {}

  static ObjectMapper mapper() {
    ObjectMapper mapper =
        new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new JavaTimeModule());
    new JsonConventions().customize(mapper);
    return mapper;
  }
}
