package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Pages by key: a list ordered by creation, latest first, continued after the last row seen.
 *
 * @param <E> an entity with {@code createdAt}
 * @param from the query's beginning up to a condition ({@code from Entity p where ...}); its alias
 *     {@code p} is the row that orders the list
 * @param id the property that tells rows of the same time apart
 * @param key turns a cursor's id into that property's type
 */
record Keyset<E, T>(
    Class<E> row,
    String from,
    String id,
    Function<String, Object> key,
    Function<E, T> record,
    Function<E, Cursor> cursor) {

  static <E, T> Keyset<E, T> byUuid(
      Class<E> row, String from, Function<E, T> record, Function<E, Cursor> cursor) {
    return new Keyset<>(row, from, "id", UUID::fromString, record, cursor);
  }

  /**
   * @param parameters of the query's own condition
   * @throws IllegalArgumentException if the cursor belongs to another list
   */
  Uni<Page<T>> page(Database database, PageRequest request, Map<String, ?> parameters) {
    String after = request.place().isPresent() ? " and (p.createdAt, p.%s) < (:at, :after)" : "";
    String query = (from + after + " order by p.createdAt desc, p.%s desc").replace("%s", id);
    Object last = request.place().map(Cursor::id).map(key).orElse(null);
    return database.single(
        session ->
            rows(session, query, request, parameters, last)
                .map(rows -> Page.of(rows, request.limit(), record, cursor)));
  }

  private Uni<List<E>> rows(
      Mutiny.StatelessSession session,
      String query,
      PageRequest request,
      Map<String, ?> parameters,
      Object last) {
    Mutiny.SelectionQuery<E> selection = session.createSelectionQuery(query, row);
    parameters.forEach(selection::setParameter);
    request
        .place()
        .ifPresent(place -> selection.setParameter("at", place.at()).setParameter("after", last));
    return selection.setMaxResults(request.limit() + 1).getResultList();
  }
}
