package org.raabta.signaling.http;

/** How fast a body may be written, and who hears what it took of the link. Asked and told by the loops of the listeners. */
public interface BodyPace {
    /** Link bits a second; 0 for nothing now. Asked again all the time. */
    double kbps();

    /**
     * A piece was written.
     *
     * @param up   bytes that its acknowledgement is reckoned to take
     * @param down bytes it takes itself, with its headers
     */
    void moved(int up, int down);
}
