package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** Data sets. The same content may bear several names, and a name moves on to newer content. */
@ApplicationScoped
public class DatasetRepository {
  private static final Keyset<DatasetEntity, DatasetRecord> ALL = where("true");
  private static final Keyset<DatasetEntity, DatasetRecord> OF_DIGEST = where("p.digest = :digest");
  private static final Keyset<DatasetEntity, DatasetRecord> OF_NAME = where("p.name = :name");

  /** A repeated request changes nothing; another one makes old content the name's latest again. */
  private static final String SAVE =
      """
      insert into dataset (id, digest, name, request_id, artifacts, summary, created_at)
      values (:id, :digest, :name, :request, cast(cast(:artifacts as text) as jsonb),
        cast(cast(:summary as text) as jsonb), cast(cast(:created as text) as timestamptz))
      on conflict (id) do update set request_id = excluded.request_id,
        artifacts = excluded.artifacts, summary = excluded.summary, created_at = excluded.created_at
      where dataset.request_id <> excluded.request_id""";

  private final Database database;

  @Inject
  public DatasetRepository(Database database) {
    this.database = database;
  }

  public Uni<Void> save(DatasetRecord dataset) {
    return database
        .single(
            session ->
                session
                    .createNativeQuery(SAVE)
                    .setParameter("id", DatasetEntity.idOf(dataset))
                    .setParameter("digest", dataset.digest().hex())
                    .setParameter("name", dataset.name())
                    .setParameter("request", dataset.requestId())
                    .setParameter("artifacts", Json.write(dataset.artifacts()))
                    .setParameter("summary", Json.write(dataset.summary()))
                    .setParameter("created", dataset.createdAt().toString())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Under its latest name. */
  public Uni<Optional<DatasetRecord>> find(Sha256 digest) {
    return first(OF_DIGEST, Map.of("digest", digest.hex()));
  }

  /** The latest of that name. */
  public Uni<Optional<DatasetRecord>> findByName(String name) {
    return first(OF_NAME, Map.of("name", name));
  }

  public Uni<Page<DatasetRecord>> latest(PageRequest request) {
    return ALL.page(database, request, Map.of());
  }

  private Uni<Optional<DatasetRecord>> first(
      Keyset<DatasetEntity, DatasetRecord> list, Map<String, ?> parameters) {
    return list.page(database, PageRequest.first(1), parameters)
        .map(page -> page.items().stream().findFirst());
  }

  private static Keyset<DatasetEntity, DatasetRecord> where(String condition) {
    return Keyset.byUuid(
        DatasetEntity.class,
        "from DatasetEntity p where " + condition,
        DatasetEntity::dataset,
        DatasetEntity::cursor);
  }
}
