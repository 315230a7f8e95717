/**
 * REST under {@code /api/v1}, its description at {@code /q/openapi}, and the health checks.
 * Requests for work become the events that any other client would send. Every error is a problem
 * (RFC 9457).
 */
package io.thorax.api;
