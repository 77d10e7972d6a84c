package org.raabta.relay.call;

import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.ladder.Beside;
import org.raabta.adapter.ladder.DirectionLadder;
import org.raabta.adapter.ladder.Thrift;
import org.raabta.adapter.profile.Profile;

/** Where the plans of one direction come from: its ladder, or whoever else a test lets decide. */
interface Planner {
    /** Begins a direction. */
    interface Maker {
        Planner make(Person sender, Person receiver, long nowNanos);
    }

    Plan update(Estimate up, Estimate down, Wishes wishes, Thrift thrift, Beside beside, long nowNanos);

    Plan plan();

    /** What comes of the sender's pictures, before {@link #update}. */
    void onPictures(double kbps);

    /** What it carries, for {@link Turns}; without a bound while nothing is known. */
    double sharedKbps();

    long nextDeadlineNanos();

    /** Every direction stands on a ladder of {@code profile}. */
    static Maker ladders(Profile profile) {
        return (sender, receiver, nowNanos) -> ladder(profile, nowNanos);
    }

    static Planner ladder(Profile profile, long nowNanos) {
        DirectionLadder ladder = new DirectionLadder(profile, nowNanos);
        return new Planner() {
            @Override
            public Plan update(Estimate up, Estimate down, Wishes wishes, Thrift thrift, Beside beside, long nowNanos) {
                return ladder.update(up, down, wishes, thrift, beside, nowNanos);
            }

            @Override
            public void onPictures(double kbps) {
                ladder.onPictures(kbps);
            }

            @Override
            public Plan plan() {
                return ladder.plan();
            }

            @Override
            public double sharedKbps() {
                return ladder.sharedKbps();
            }

            @Override
            public long nextDeadlineNanos() {
                return ladder.nextDeadlineNanos();
            }
        };
    }
}
