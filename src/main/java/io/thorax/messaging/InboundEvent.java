package io.thorax.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.thorax.study.RequestId;

/**
 * A CloudEvent as it came in, its data parsed.
 *
 * @param id unique within its source (CloudEvents 1.0, section 3.1.1)
 */
record InboundEvent(String id, String source, JsonNode data) {

  RequestId requestId() {
    return new RequestId(source, id);
  }
}
