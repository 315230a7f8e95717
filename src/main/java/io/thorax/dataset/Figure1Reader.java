package io.thorax.dataset;

import static io.thorax.dataset.Table.cell;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/**
 * Figure 1 COVID chest X-ray data set: one row for each image, named after the row's id. Ids that
 * differ only in a letter at the end (COVID-00003a, COVID-00003b) are images of one patient. A
 * blank view means PA or AP. Unlike the reference, which reads only its COVID-19 rows, all labelled
 * rows are read: every image of another class from the same source weakens the tie between class
 * and source.
 */
final class Figure1Reader implements LayoutReader {
  private static final Layout LAYOUT = Layout.FIGURE1;
  private static final List<String> EXTENSIONS = List.of("jpg", "png", "jpeg");
  private static final String FRONTAL = "PA or AP";
  private static final Pattern IMAGE_OF_PATIENT = Pattern.compile("(.*[0-9])[a-z]");

  @Override
  public List<Selection> read(
      SourceFiles files, DatasetRules rules, LeftOut leftOut, long maxMetadataBytes) {
    Table table =
        new Metadata(LAYOUT, files, maxMetadataBytes)
            .table("metadata.csv", StandardCharsets.ISO_8859_1, "patientid", "finding", "view");
    Set<String> present = new HashSet<>(files.list());
    CandidateRows rows = new CandidateRows(LAYOUT, leftOut);
    RowFilter filter = new RowFilter(LAYOUT, rules, leftOut);
    for (CSVRecord row : table.rows()) {
      candidate(row, filter, present, leftOut).ifPresent(rows::add);
    }
    return List.of(Selection.all(LAYOUT, rows.finish()));
  }

  private static Optional<Candidate> candidate(
      CSVRecord row, RowFilter filter, Set<String> present, LeftOut leftOut) {
    String id = cell(row, "patientid");
    if (id.isEmpty()) {
      leftOut.count(LAYOUT, Omission.MALFORMED_ROW);
      return Optional.empty();
    }
    String view = Table.present(row, "view").orElse(FRONTAL);
    OptionalInt label = filter.label(cell(row, "modality"), view, cell(row, "finding"));
    if (label.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> path =
        EXTENSIONS.stream()
            .map(extension -> "images/" + id + "." + extension)
            .filter(present::contains)
            .findFirst();
    if (path.isEmpty()) {
      leftOut.count(LAYOUT, Omission.MISSING_IMAGE);
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            LAYOUT,
            path.get(),
            Set.of("figure1:" + patientOf(id)),
            label.getAsInt(),
            Table.present(row, "view"),
            Candidate.ViewRule.SETTLED,
            Candidate.sex(cell(row, "sex"))));
  }

  static String patientOf(String imageId) {
    Matcher matcher = IMAGE_OF_PATIENT.matcher(imageId);
    return matcher.matches() ? matcher.group(1) : imageId;
  }
}
