package io.thorax.dataset;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.nio.charset.Charset;
import java.util.Optional;

/** The metadata files of one source, with failures that name the source. */
final class Metadata {
  private final SourceFiles files;
  private final String field;
  private final long maxBytes;

  Metadata(Layout layout, SourceFiles files, long maxBytes) {
    this.files = files;
    this.field = "sources." + layout.wireName();
    this.maxBytes = maxBytes;
  }

  Table table(String path, Charset charset, String... required) {
    return tableIfPresent(path, charset, required)
        .orElseThrow(() -> new DatasetException(field, "has no " + path));
  }

  Optional<Table> tableIfPresent(String path, Charset charset, String... required) {
    try {
      byte[] content = files.read(path, maxBytes);
      return Optional.of(Table.parse(content, charset, field + "/" + path, required));
    } catch (Failure.Rejected e) {
      if (e.reason() == RejectReason.NOT_FOUND) {
        return Optional.empty();
      }
      throw new DatasetException(field, path + " is " + e.reason().wireName(), e);
    }
  }
}
