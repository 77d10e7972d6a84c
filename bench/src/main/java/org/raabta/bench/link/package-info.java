/**
 * What a link is: the settings of an emulated 2G/3G link as values, and the readable files that they come from.
 * Nothing is emulated here.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.link;
