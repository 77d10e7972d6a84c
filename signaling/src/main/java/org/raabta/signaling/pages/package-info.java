/**
 * Pages that the server fills in, for a person and a language: templates and texts come out of the build of client-web.
 * Nothing that somebody typed gets into a page but escaped, and none of these pages runs a script that is not our own.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.pages;
