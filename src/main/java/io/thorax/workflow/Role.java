package io.thorax.workflow;

/** What a process does. By default all of it; Kubernetes scales the roles apart. */
public enum Role {
  /** Reads X-rays. */
  CLASSIFY,
  /** Explains predictions. */
  EXPLAIN,
  /** Trains models. */
  TRAIN,
  /** Assembles data sets. */
  DATASET,
  /** Serves REST. */
  API
}
