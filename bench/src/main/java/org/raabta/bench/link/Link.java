package org.raabta.bench.link;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A link as its file describes it.
 *
 * @param about      one line for people
 * @param start      how the link is at second 0
 * @param udpBlocked whether only TCP passes
 * @param script     what changes later
 */
public record Link(String name, String about, Conditions start, boolean udpBlocked, Script script) {
    /**
     * Both directions and what befalls them together.
     *
     * @param down towards the phone
     * @param up   from the phone
     * @param gaps moments in which both directions stand still and keep what is queued
     */
    public record Conditions(LinkDirection down, LinkDirection up, Optional<Gaps> gaps) {
        public Duration baseRoundTrip() {
            return down.baseDelay().plus(up.baseDelay());
        }
    }

    /**
     * @param length how long the rate is 0
     * @param every  from the start of one to the start of the next
     */
    public record Gaps(Duration length, Duration every) {}

    /**
     * @param steps  in the order of their times
     * @param repeat when the steps begin anew, their times counted from there; empty if they happen once
     */
    public record Script(List<Step> steps, Optional<Duration> repeat) {}

    /**
     * A hard change: what is queued stays; arrivals are dropped while it is above the new limit.
     *
     * @param outages nothing passes from this moment on for one of these lengths, drawn; none if empty. What an outage
     *                of over 5 s meets is lost, a shorter one keeps the queue
     * @param becomes how the link is from then on; empty to stay as it is
     * @param like    the name of the link that {@code becomes} was taken from
     */
    public record Step(Duration at, List<Duration> outages, Optional<Conditions> becomes, Optional<String> like) {}
}
