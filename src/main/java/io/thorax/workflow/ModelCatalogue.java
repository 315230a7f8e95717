package io.thorax.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.thorax.persistence.AliasRevision;
import io.thorax.persistence.ModelRecord;
import io.thorax.persistence.ModelRepository;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The trained models, and the aliases by which they are put to use. */
@ApplicationScoped
public class ModelCatalogue {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private final ModelRepository models;
  private final ObjectMapper json;

  ModelCatalogue(ModelRepository models, ObjectMapper json) {
    this.models = models;
    this.json = json;
  }

  /**
   * A trained model.
   *
   * @param manifest classes, input, network, data set, metrics, versions
   * @param artifacts by name, as {@code bucket/key}
   * @param run that trained it; empty for an imported one
   */
  public record Model(
      Sha256 digest,
      String name,
      Map<String, Object> manifest,
      Map<String, String> artifacts,
      Optional<UUID> run,
      Instant createdAt) {}

  /**
   * An entry of an alias's history.
   *
   * @param revision 1, 2, ...; the highest is in force
   */
  public record Promotion(
      String alias, int revision, Sha256 model, String reason, Instant promotedAt) {}

  public Uni<Listing<Model>> list(Paging paging) {
    return Listing.of(paging, models::latest, this::model);
  }

  public Uni<Optional<Model>> find(Sha256 digest) {
    return models.find(digest).map(found -> found.map(this::model));
  }

  /** Every alias as it stands. */
  public Uni<List<Promotion>> aliases() {
    return models.aliases().map(ModelCatalogue::promotions);
  }

  /** Latest first; empty if there is no such alias. */
  public Uni<List<Promotion>> history(String alias) {
    return models.history(alias).map(ModelCatalogue::promotions);
  }

  /**
   * Points the alias to the model. It is in use as soon as every worker has it warm.
   *
   * @return fails with Rejected UNKNOWN_MODEL if there is no such model
   */
  public Uni<Promotion> promote(String alias, Sha256 model, String reason) {
    return models.promote(alias, model, reason).map(ModelCatalogue::promotion);
  }

  /** Points the alias back to the model before; empty if there is none. */
  public Uni<Optional<Promotion>> rollback(String alias, String reason) {
    return models.rollback(alias, reason).map(now -> now.map(ModelCatalogue::promotion));
  }

  private Model model(ModelRecord found) {
    return new Model(
        found.digest(),
        found.name(),
        Requests.read(json, found.manifestJson(), TREE),
        found.artifacts(),
        found.runId(),
        found.createdAt());
  }

  private static List<Promotion> promotions(List<AliasRevision> revisions) {
    return revisions.stream().map(ModelCatalogue::promotion).toList();
  }

  private static Promotion promotion(AliasRevision revision) {
    return new Promotion(
        revision.alias(), revision.revision(), revision.model(), revision.reason(), revision.at());
  }
}
