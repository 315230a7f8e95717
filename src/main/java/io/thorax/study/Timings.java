package io.thorax.study;

/** What one image cost, in milliseconds; the inference is the batch's time divided by its size. */
public record Timings(
    double fetchMillis, double decodeMillis, double preprocessMillis, double inferMillis) {}
