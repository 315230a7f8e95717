package io.thorax.dataset;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Where each layout is read from; at least one is given. */
public record Sources(
    Optional<SourceLocation> mila,
    Optional<SourceLocation> figure1,
    Optional<SourceLocation> rsna,
    Optional<SourceLocation> folder) {

  public Sources {
    mila = orEmpty(mila);
    figure1 = orEmpty(figure1);
    rsna = orEmpty(rsna);
    folder = orEmpty(folder);
    if (mila.isEmpty() && figure1.isEmpty() && rsna.isEmpty() && folder.isEmpty()) {
      throw new DatasetException("sources", "name at least one of mila, figure1, rsna, folder");
    }
  }

  public static Sources of(Map<Layout, SourceLocation> locations) {
    return new Sources(
        Optional.ofNullable(locations.get(Layout.MILA)),
        Optional.ofNullable(locations.get(Layout.FIGURE1)),
        Optional.ofNullable(locations.get(Layout.RSNA)),
        Optional.ofNullable(locations.get(Layout.FOLDER)));
  }

  /** Those given, in the order of {@link Layout}. */
  public Map<Layout, SourceLocation> byLayout() {
    Map<Layout, SourceLocation> locations = new EnumMap<>(Layout.class);
    mila.ifPresent(location -> locations.put(Layout.MILA, location));
    figure1.ifPresent(location -> locations.put(Layout.FIGURE1, location));
    rsna.ifPresent(location -> locations.put(Layout.RSNA, location));
    folder.ifPresent(location -> locations.put(Layout.FOLDER, location));
    return locations;
  }

  // A JSON reader without support for Optional hands over null for what is not there.
  private static Optional<SourceLocation> orEmpty(Optional<SourceLocation> location) {
    return location == null ? Optional.empty() : location;
  }
}
