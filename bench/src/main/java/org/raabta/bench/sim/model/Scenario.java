package org.raabta.bench.sim.model;

/** How the two people share the time; the manners are those of the live bench's conversations. */
public enum Scenario {
    /** Both speak all the time, with the pauses of reading aloud. */
    TALK("talk"),
    /** One speaks and the other listens, in turns of one to three sentences. */
    HALF_TALK("half-talk"),
    /** As the first, and at second 15 the doctor asks for a photo of 100 KB. */
    PHOTO("photo"),
    /** As the first, on the rung of single pictures where no other is pinned. */
    STILLS("stills");

    private final String label;

    Scenario(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
