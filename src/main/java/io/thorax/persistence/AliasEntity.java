package io.thorax.persistence;

import io.thorax.study.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.OptionalInt;

@Entity
@Table(name = "model_alias")
@IdClass(AliasEntity.Key.class)
class AliasEntity {
  @Id String alias;

  @Id int revision;

  @Column(name = "model_digest")
  String modelDigest;

  Integer previous;

  String reason;

  @Column(name = "created_at")
  Instant createdAt;

  record Key(String alias, int revision) implements Serializable {}

  AliasRevision revision() {
    return new AliasRevision(
        alias,
        revision,
        new Sha256(modelDigest),
        previous == null ? OptionalInt.empty() : OptionalInt.of(previous),
        reason,
        createdAt);
  }
}
