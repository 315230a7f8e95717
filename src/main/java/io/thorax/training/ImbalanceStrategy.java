package io.thorax.training;

/** What is done about classes of unequal size. */
public enum ImbalanceStrategy {
  /** Each image weighs in the loss by its class's rarity and multiplier. */
  CLASS_WEIGHT,
  /** Images of the smaller classes are repeated; nothing is weighted, multipliers do not apply. */
  RANDOM_OVERSAMPLE
}
