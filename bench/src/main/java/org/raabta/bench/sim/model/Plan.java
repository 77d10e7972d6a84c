package org.raabta.bench.sim.model;

import java.util.Optional;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.link.Link;

/**
 * What is to be simulated.
 *
 * @param link    the patient's; the doctor is on a clean local network
 * @param seconds from the doctor's admit, which is second 0 of the link's script too
 * @param profile the ladder
 * @param pin     the rung that the doctor holds the patient's direction on
 */
public record Plan(Link link, Scenario scenario, int seconds, long seed, Optional<Rung> pin, Profile profile) {}
