package io.thorax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.model.NetworkState.NamedArray;
import io.thorax.study.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkStateTest {
  @TempDir Path directory;

  private static NetworkState state() {
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    float[] large = new float[700_001];
    for (int i = 0; i < large.length; i++) {
      large[i] = 1f / (i + 1);
    }
    arrays.put("odd/name-é", new NamedArray(List.of(3), new float[] {1, -0f, Float.NaN}));
    arrays.put("large", new NamedArray(List.of(700_001), large));
    arrays.put("empty", new NamedArray(List.of(0, 4), new float[0]));
    arrays.put("matrix", new NamedArray(List.of(2, 2), new float[] {1, 2, 3, 4}));
    return new NetworkState(arrays);
  }

  @Test
  void comesBackAsItWas() {
    NetworkState written = state();
    Path file = directory.resolve("state");
    written.writeTo(file);
    written.writeTo(file);
    NetworkState read = NetworkState.readFrom(file);
    assertEquals(List.copyOf(written.arrays().keySet()), List.copyOf(read.arrays().keySet()));
    written
        .arrays()
        .forEach(
            (name, array) -> {
              assertEquals(array.shape(), read.arrays().get(name).shape());
              assertArrayEquals(array.values(), read.values(name));
            });
  }

  @Test
  void anAlteredByteAnywhereIsFound() throws IOException {
    Path file = directory.resolve("state");
    state().writeTo(file);
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {0, 8, 13, 20, 25, 40, 100, 1_000_000, whole.length - 5}) {
      byte[] altered = whole.clone();
      altered[at] ^= 0x10;
      Files.write(file, altered);
      assertThrows(Failure.Poison.class, () -> NetworkState.readFrom(file), "byte " + at);
    }
  }

  @Test
  void aCutFileIsFound() throws IOException {
    Path file = directory.resolve("state");
    state().writeTo(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 12, 30, 1_000_000, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(Failure.Poison.class, () -> NetworkState.readFrom(file), "length " + length);
    }
    Files.delete(file);
    assertThrows(Failure.Poison.class, () -> NetworkState.readFrom(file));
  }
}
