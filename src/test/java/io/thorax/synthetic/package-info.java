/**
 * Radiographs that are drawn, not taken: what the tests and the quick start have to work with where
 * there is no data. Deterministic by seed.
 */
package io.thorax.synthetic;
