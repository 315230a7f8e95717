/**
 * Real servers without Docker, for the tests and the quick start alike: a Kafka broker, a
 * PostgreSQL and an S3 server from Maven artifacts, each a process of its own that a test may kill
 * and start again, and the packaged service itself as such a process. Never part of the production
 * artifact.
 */
package io.thorax.stack;
