package org.raabta.adapter;

/**
 * The rung one media direction is to be on, and why.
 *
 * @param rung   what is relayed
 * @param reason why not a better one; {@link Reason#UNCONSTRAINED} on the best
 */
public record Decision(Rung rung, Reason reason) {}
