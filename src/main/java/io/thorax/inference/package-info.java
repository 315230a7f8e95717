/** Models that answer: loaded by digest, verified, warm, swapped without a gap. */
package io.thorax.inference;
