/**
 * Records in PostgreSQL: predictions and rejections, deliveries in work, the queue of long work,
 * runs, data sets, models and their aliases.
 *
 * <p>The repositories answer with a {@code Uni} and run on a Vert.x event loop: an event-loop chain
 * uses them as they are; blocking code goes through {@link
 * io.thorax.persistence.DatabaseBridge#await}, the only bridge. Every error of the database arrives
 * as {@code Failure.Transient} (away, overloaded, in conflict: try again) or {@code Failure.Poison}
 * (refused for good). The entities are read models; what writes is SQL, one statement a batch. They
 * are not marked {@code @Immutable}: Quarkus lets the cache hold references to such entities, and a
 * stateless session of Hibernate Reactive fails on that (ClassCastException).
 */
package io.thorax.persistence;
