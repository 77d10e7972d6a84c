package org.raabta.relay.control;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;

/** One call on a relay, from any thread; commands are carried out in order on the call's own loop. */
public interface CallControl {
    /** Where this call's legs send their media. */
    MediaAddress address();

    /** Makes a leg. One of the same role and kind that is there already is removed, and the new one takes its place. */
    void addLeg(LegSpec leg);

    /** The leg's signaled transport; a new user name fragment with the same fingerprint is an ICE restart. */
    void setTransport(LegId leg, RemoteTransport transport);

    /** What was negotiated with the leg. Until then its media is dropped and counted. */
    void setMedia(LegId leg, MediaDescription media);

    /** Whether the leg's camera is on, as its owner says. */
    void setCamera(LegId leg, boolean on);

    /** Whether the leg wants to receive no pictures. */
    void setVoiceOnly(LegId leg, boolean voiceOnly);

    /** What is known of the leg's link before media has shown it. */
    void setHint(LegId leg, LinkHint hint);

    /** What the leg's person can spare: battery, and megabytes from now on in both directions together. */
    void setThrift(LegId leg, boolean batteryLow, OptionalDouble budgetMb);

    /** What the leg's page says it received. */
    void onPageReport(LegId leg, PageReport report);

    /** The leg's page has stopped its own pictures and waits for the next command. */
    void onBrake(LegId leg);

    /** The leg's control socket has moved bytes just now: they count as its link's, and prove what it carries. */
    void onSocketBytes(LegId leg, SocketBytes bytes);

    /** What is under way on the leg's control socket: speech leaves room for it. Holds until it is said otherwise. */
    void setTransfers(LegId leg, Transfers transfers);

    /** Who may speak where only one can (push-to-talk); empty while nobody does. Without effect on the other rungs. */
    void setFloor(Optional<LegId> holder);

    /** A ceiling for the direction, or none. */
    void pin(Direction direction, Optional<Rung> rung);

    /** From now on media flows between the legs; before, everybody waits in silence. */
    void admit();

    /** Forgets the leg: its transport is closed, nothing is relayed to or from it any more. */
    void removeLeg(LegId leg);

    /** Removes every leg and forgets the call. */
    void end();

    /** What the call looks like now. Completes on the call's loop; exceptionally if the call is gone. */
    CompletionStage<CallSnapshot> snapshot();
}
