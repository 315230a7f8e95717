package io.thorax.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import io.thorax.workflow.TaskState;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.function.Function;

/**
 * How values look in JSON, in answers and in events: instants as ISO 8601, digests as hexadecimal,
 * enumerations by their wire names, what is absent left out.
 */
@Singleton
public class JsonConventions implements ObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    SimpleModule texts = new SimpleModule("thorax");
    add(texts, Sha256.class, Sha256::hex, Sha256::new);
    add(texts, RejectReason.class, RejectReason::wireName, RejectReason::ofWireName);
    add(texts, TaskState.class, TaskState::wireName, TaskState::ofWireName);
    mapper
        .registerModule(texts)
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  private static <T> void add(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new Writer<>(type, write));
    module.addDeserializer(type, new Reader<>(type, read));
  }

  private static final class Writer<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> text;

    Writer(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(text.apply(value));
    }
  }

  private static final class Reader<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> value;

    Reader(Class<T> type, Function<String, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return value.apply(text);
    }
  }
}
