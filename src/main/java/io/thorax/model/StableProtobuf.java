package io.thorax.model;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a message so that equal messages give equal files: protobuf's maps have no order. */
final class StableProtobuf {
  private static final int BUFFER_BYTES = 1 << 18;

  private StableProtobuf() {}

  static void write(MessageLite message, Path file) throws IOException {
    try (OutputStream output =
        new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      CodedOutputStream coded = CodedOutputStream.newInstance(output);
      coded.useDeterministicSerialization();
      message.writeTo(coded);
      coded.flush();
    }
  }
}
