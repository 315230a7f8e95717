/**
 * The domain's values: what an X-ray, a prediction and a failure are. Immutable, validated where
 * they are made, free of any framework.
 */
package io.thorax.study;
