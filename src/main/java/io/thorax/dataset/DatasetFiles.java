package io.thorax.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that make up a data set, and its digest, which is that of their digests. Catalogue,
 * rules and summary decide it; the split files follow from the catalogue.
 */
record DatasetFiles(byte[] catalogue, byte[] spec, byte[] summary) {
  static final String CATALOGUE = "catalogue.csv";
  static final String SPEC = "spec.json";
  static final String SUMMARY = "summary.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  // not the system's line ends: equal data sets have equal bytes everywhere
  private static final ObjectWriter PRETTY =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  static DatasetFiles of(Catalogue catalogue, DatasetRules rules, DatasetSummary summary) {
    return new DatasetFiles(catalogue.toCsv(), write(rules), write(summary));
  }

  Sha256 digest() {
    return Sha256.ofUtf8(
        "%s %s\n%s %s\n%s %s\n"
            .formatted(
                CATALOGUE,
                Sha256.of(catalogue),
                SPEC,
                Sha256.of(spec),
                SUMMARY,
                Sha256.of(summary)));
  }

  /** Every file by its name; spec.json last, whose presence shows that the others are there. */
  Map<String, byte[]> byName() {
    Catalogue entries = Catalogue.ofCsv(catalogue);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      files.put(split.wireName() + ".csv", entries.toCsv(split));
    }
    files.put(CATALOGUE, catalogue);
    files.put(SUMMARY, summary);
    files.put(SPEC, spec);
    return files;
  }

  static String mediaType(String name) {
    return name.endsWith(".csv") ? "text/csv; charset=utf-8" : "application/json";
  }

  /**
   * @throws Failure.Poison if the files are not those of a data set of this digest
   */
  AssembledDataset dataset(Sha256 expected, String bucket) {
    if (!digest().equals(expected)) {
      throw new Failure.Poison("data set " + expected + " is damaged: its digest differs");
    }
    return new AssembledDataset(
        expected,
        read(spec, DatasetRules.class),
        Catalogue.ofCsv(catalogue),
        read(summary, DatasetSummary.class),
        new String(summary, StandardCharsets.UTF_8),
        bucket);
  }

  private static byte[] write(Object value) {
    try {
      return (PRETTY.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable", e);
    }
  }

  private static <T> T read(byte[] json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new Failure.Poison("not a data set's " + type.getSimpleName(), e);
    }
  }
}
