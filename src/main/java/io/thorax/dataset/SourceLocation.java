package io.thorax.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the files of a source lie. Written as {@code s3://bucket/prefix}, as a {@code file:} URI or
 * as an absolute path.
 */
public sealed interface SourceLocation {
  String S3_SCHEME = "s3://";
  String FILE_SCHEME = "file:";

  /** Leaves room for the path of a file in a key of at most 1,024 bytes. */
  int MAX_PREFIX_LENGTH = 512;

  @JsonValue
  String text();

  /**
   * Objects of a bucket whose keys start with a prefix.
   *
   * @param prefix empty, or ending in a slash (one is added)
   */
  record S3Prefix(String bucket, String prefix) implements SourceLocation {
    public S3Prefix {
      Objects.requireNonNull(prefix, "prefix");
      if (bucket == null || bucket.isBlank() || bucket.contains("/")) {
        throw new DatasetException("sources", "a bucket must be named, not \"" + bucket + "\"");
      }
      if (prefix.length() > MAX_PREFIX_LENGTH) {
        throw new DatasetException(
            "sources", "a prefix of more than " + MAX_PREFIX_LENGTH + " characters");
      }
      if (!prefix.isEmpty() && !prefix.endsWith("/")) {
        prefix = prefix + "/";
      }
    }

    @Override
    public String text() {
      return S3_SCHEME + bucket + "/" + prefix;
    }
  }

  /** A folder on the machine that assembles; it must lie under an allowed root. */
  record LocalFolder(Path path) implements SourceLocation {
    public LocalFolder {
      if (!path.isAbsolute()) {
        throw new DatasetException("sources", "a local folder must be an absolute path");
      }
    }

    @Override
    public String text() {
      return path.toString();
    }
  }

  /**
   * @throws DatasetException if the text is none of the three forms
   */
  @JsonCreator
  static SourceLocation parse(String text) {
    if (text.startsWith(S3_SCHEME)) {
      String place = text.substring(S3_SCHEME.length());
      int slash = place.indexOf('/');
      return slash < 0
          ? new S3Prefix(place, "")
          : new S3Prefix(place.substring(0, slash), place.substring(slash + 1));
    }
    try {
      return new LocalFolder(
          text.startsWith(FILE_SCHEME) ? Path.of(URI.create(text)) : Path.of(text));
    } catch (InvalidPathException e) {
      throw new DatasetException("sources", "neither s3://bucket/prefix nor a path", e);
    } catch (DatasetException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new DatasetException("sources", "not a file URI", e);
    }
  }
}
