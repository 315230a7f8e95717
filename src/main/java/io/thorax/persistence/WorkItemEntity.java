package io.thorax.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "work_item")
class WorkItemEntity {
  /** What a native statement returns, so that the entity can be made of it. */
  static final String COLUMNS =
      """
      w.id, w.kind, w.parent, w.ordinal, w.spec #>> '{}' as spec, w.progress #>> '{}' as progress, \
      w.result #>> '{}' as result, w.failure, w.attempts, w.state, w.announced, \
      w.cancel_requested, w.lease_owner, w.lease_token, w.created_at, w.updated_at, w.finished_at""";

  @Id UUID id;

  String kind;

  UUID parent;

  int ordinal;

  @ColumnTransformer(read = "spec #>> '{}'")
  String spec;

  @ColumnTransformer(read = "progress #>> '{}'")
  String progress;

  @ColumnTransformer(read = "result #>> '{}'")
  String result;

  String failure;

  int attempts;

  @Enumerated(EnumType.STRING)
  WorkState state;

  boolean announced;

  @Column(name = "cancel_requested")
  boolean cancelRequested;

  @Column(name = "lease_owner")
  String leaseOwner;

  @Column(name = "lease_token")
  long leaseToken;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "finished_at")
  Instant finishedAt;

  Claim claim() {
    return new Claim(item(), leaseToken);
  }

  WorkItem item() {
    return new WorkItem(
        id,
        kind,
        Optional.ofNullable(parent),
        ordinal,
        spec,
        Optional.ofNullable(progress),
        Optional.ofNullable(result),
        Optional.ofNullable(failure),
        attempts,
        state,
        announced,
        cancelRequested,
        Optional.ofNullable(leaseOwner),
        createdAt,
        updatedAt,
        Optional.ofNullable(finishedAt));
  }

  /** The row to be written. */
  static Map<String, Object> row(NewWork work) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", work.id());
    row.put("kind", work.kind());
    row.put("parent", work.parent().orElse(null));
    row.put("ordinal", work.ordinal());
    row.put("spec", new com.fasterxml.jackson.databind.util.RawValue(work.specJson()));
    return row;
  }
}
