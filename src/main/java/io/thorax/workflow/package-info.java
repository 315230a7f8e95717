/**
 * The use cases, one class each. A use case returns an {@link io.thorax.study.Outcome}, which
 * whoever called it publishes. What has to be said while it works, or asked of another process,
 * goes out through ports: {@link io.thorax.workflow.ProgressEvents} and {@link
 * io.thorax.workflow.RequestEvents}.
 */
package io.thorax.workflow;
