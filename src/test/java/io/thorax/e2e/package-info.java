/** The packaged service on real servers, seen from outside only. */
package io.thorax.e2e;
