package org.raabta.bench.options;

import org.raabta.adapter.profile.Profile;

/**
 * A profile that was asked for.
 *
 * @param source what the server understands too: a shipped name, or the absolute path of a file
 */
public record GivenProfile(String source, Profile profile) {}
