package io.thorax.dataset;

import static io.thorax.dataset.Table.cell;

import io.thorax.study.Failure;
import io.thorax.study.ImageFormat;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Every image of a data set, in the order of source and path. Its CSV is canonical: equal
 * catalogues have equal bytes.
 */
public record Catalogue(List<CatalogueEntry> entries) {
  private static final String PATIENT_SEPARATOR = ";";
  private static final String[] COLUMNS = {
    "sha256",
    "label",
    "label_str",
    "split",
    "group",
    "patient",
    "source",
    "view",
    "sex",
    "width",
    "height",
    "format",
    "fingerprint",
    "path"
  };
  private static final String[] SPLIT_COLUMNS = {
    "filename", "label", "label_str", "sha256", "source", "group"
  };

  public Catalogue {
    entries =
        entries.stream()
            .sorted(
                Comparator.comparing(CatalogueEntry::source).thenComparing(CatalogueEntry::path))
            .toList();
  }

  /** UTF-8. */
  public byte[] toCsv() {
    return csv(COLUMNS, entries, Catalogue::cells);
  }

  /**
   * The reference's columns (filename, label, label_str) and those that lead back here. A file's
   * name is its source and its path therein.
   */
  public byte[] toCsv(Split split) {
    List<CatalogueEntry> members =
        entries.stream().filter(entry -> entry.split() == split).toList();
    return csv(SPLIT_COLUMNS, members, Catalogue::splitCells);
  }

  /**
   * @throws Failure.Poison if {@link #toCsv()} did not write it
   */
  public static Catalogue ofCsv(byte[] csv) {
    try {
      Table table = Table.parse(csv, StandardCharsets.UTF_8, "catalogue", COLUMNS);
      return new Catalogue(table.rows().stream().map(Catalogue::entry).toList());
    } catch (IllegalArgumentException e) {
      throw new Failure.Poison("not a catalogue", e);
    }
  }

  private static byte[] csv(
      String[] columns, List<CatalogueEntry> entries, Function<CatalogueEntry, Object[]> cells) {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader(columns).setRecordSeparator('\n').get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (CatalogueEntry entry : entries) {
        printer.printRecord(cells.apply(entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string buffer does not fail", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Object[] cells(CatalogueEntry entry) {
    return new Object[] {
      entry.sha256().hex(),
      entry.label(),
      entry.labelName(),
      entry.split().wireName(),
      entry.group(),
      String.join(PATIENT_SEPARATOR, entry.patients()),
      entry.source().wireName(),
      entry.view().orElse(""),
      entry.sex().orElse(""),
      entry.width(),
      entry.height(),
      entry.format().name().toLowerCase(Locale.ROOT),
      HexFormat.of().toHexDigits(entry.fingerprint()),
      entry.path()
    };
  }

  private static Object[] splitCells(CatalogueEntry entry) {
    return new Object[] {
      entry.source().wireName() + "/" + entry.path(),
      entry.label(),
      entry.labelName(),
      entry.sha256().hex(),
      entry.source().wireName(),
      entry.group()
    };
  }

  private static CatalogueEntry entry(CSVRecord row) {
    return new CatalogueEntry(
        new Sha256(cell(row, "sha256")),
        Integer.parseInt(cell(row, "label")),
        row.get("label_str"),
        Split.ofWireName(cell(row, "split")),
        cell(row, "group"),
        Table.present(row, "patient")
            .map(text -> List.of(text.split(PATIENT_SEPARATOR)))
            .orElse(List.of()),
        Layout.ofWireName(cell(row, "source")),
        Table.present(row, "view"),
        Table.present(row, "sex"),
        Integer.parseInt(cell(row, "width")),
        Integer.parseInt(cell(row, "height")),
        ImageFormat.valueOf(cell(row, "format").toUpperCase(Locale.ROOT)),
        HexFormat.fromHexDigitsToLong(cell(row, "fingerprint")),
        row.get("path"));
  }
}
