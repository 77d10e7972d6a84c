package org.raabta.signaling;

import java.util.ArrayDeque;
import java.util.Deque;

/** What to take back, newest first, if starting fails half way. */
final class Undo implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    /** It went well. */
    void forget() {
        steps.clear();
    }

    @Override
    public void close() {
        steps.forEach(Runnable::run);
    }
}
