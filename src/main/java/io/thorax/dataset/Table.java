package io.thorax.dataset;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** A CSV file with a header, read whole: RFC 4180, columns found by name. */
final class Table {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setAllowMissingColumnNames(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
          .get();

  private final List<String> columns;
  private final List<CSVRecord> rows;

  private Table(List<String> columns, List<CSVRecord> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * @param field what the message of a failure starts with
   * @throws DatasetException if it is no CSV, or a required column is missing
   */
  static Table parse(byte[] content, Charset charset, String field, String... required) {
    String text = new String(content, charset);
    String body = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    Table table;
    try (CSVParser parser = CSVParser.parse(new StringReader(body), FORMAT)) {
      List<CSVRecord> rows = new ArrayList<>();
      parser.forEach(rows::add);
      table = new Table(parser.getHeaderNames(), rows);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new DatasetException(field, "not a CSV file", e);
    }
    for (String column : required) {
      if (!table.columns.contains(column)) {
        throw new DatasetException(field, "has no column " + column);
      }
    }
    return table;
  }

  List<CSVRecord> rows() {
    return rows;
  }

  /** The cell without surrounding blanks; "" if the row or the table has no such cell. */
  static String cell(CSVRecord row, String column) {
    return row.isSet(column) ? row.get(column).strip() : "";
  }

  static Optional<String> present(CSVRecord row, String column) {
    return Optional.of(cell(row, column)).filter(text -> !text.isEmpty());
  }
}
