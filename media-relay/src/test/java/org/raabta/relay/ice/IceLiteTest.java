package org.raabta.relay.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.RemoteTransport;

/** The agent in virtual time, with real messages. */
class IceLiteTest {
    private static final Path HOME = path(1000);
    private static final Path ROAD = path(2000);
    private static final RemoteTransport REMOTE =
            new RemoteTransport("theirs", "their-password-of-22-chars", new Fingerprint("ab".repeat(32)));

    private final LocalIce local = new LocalIce() {
        @Override
        public String ufragBase() {
            return "BASE5678";
        }

        @Override
        public String password(int generation) {
            return "our-password-in-generation-" + generation;
        }
    };
    private final Recorder out = new Recorder();
    private final List<byte[]> ids = new ArrayList<>();
    private final IceLite ice = new IceLite(local, this::nextId, 42, out);
    private long now = Long.MAX_VALUE - 5; // a monotonic clock may wrap: nothing may compare by size

    private byte[] nextId() {
        byte[] id = new byte[12];
        id[0] = (byte) (ids.size() + 1);
        ids.add(id);
        return id;
    }

    private static Path path(int port) {
        return new Path(new InetSocketAddress("192.0.2.7", port), false);
    }

    private StunVerdict check(Path from, int generation, boolean nominate) {
        byte[] check = ClientStun.check(
                new byte[12], local.ufrag(generation) + ":theirs", local.password(generation), nominate);
        return ice.onStun(parse(check), from, now);
    }

    private StunVerdict answer(Path from, int attempt) {
        return ice.onStun(parse(Stun.success(ids.get(attempt), HOME.remote(), REMOTE.password())), from, now);
    }

    private static StunMessage parse(byte[] bytes) {
        return Objects.requireNonNull(StunMessage.tryParse(bytes), "the message did not parse");
    }

    private void pass(long amount, TimeUnit unit) {
        long end = now + unit.toNanos(amount);
        while (ice.nextDeadlineNanos() != Long.MAX_VALUE && ice.nextDeadlineNanos() - end <= 0) {
            assertThat(ice.nextDeadlineNanos() - now)
                    .as("a deadline in the past")
                    .isNotNegative();
            now = ice.nextDeadlineNanos();
            ice.onDeadline(now);
        }
        now = end;
    }

    @Test
    void answersAnAuthenticCheckAndAdoptsTheNominatedPair() {
        assertThat(check(ROAD, 0, false)).isEqualTo(StunVerdict.AUTHENTIC);
        assertThat(ice.selected()).isNull();
        StunMessage answered = out.last().stun();
        assertThat(answered.kind()).isEqualTo(StunMessage.Kind.SUCCESS);
        assertThat(answered.mapped()).isEqualTo(ROAD.remote());
        assertThat(answered.integrityMatches(local.password(0))).isTrue();

        assertThat(check(HOME, 0, true)).isEqualTo(StunVerdict.AUTHENTIC);
        assertThat(ice.selected()).isEqualTo(HOME);
        assertThat(ice.maySend()).isTrue();
        assertThat(out.consents).containsExactly(true);
    }

    @Test
    void refusesWithTheErrorThatFits() {
        byte[] none = ClientStun.request(new byte[12]).finish(null);
        assertThat(ice.onStun(parse(none), HOME, now)).isEqualTo(StunVerdict.NO_CREDENTIALS);
        assertThat(out.last().stun().errorCode()).isEqualTo(400);

        byte[] wrongKey = ClientStun.check(new byte[12], local.ufrag(0) + ":theirs", local.password(1), true);
        assertThat(ice.onStun(parse(wrongKey), HOME, now)).isEqualTo(StunVerdict.WRONG_INTEGRITY);
        assertThat(out.last().stun().errorCode()).isEqualTo(401);

        byte[] noGeneration = ClientStun.check(new byte[12], "BASE5678Z!:theirs", local.password(0), true);
        assertThat(ice.onStun(parse(noGeneration), HOME, now)).isEqualTo(StunVerdict.WRONG_INTEGRITY);

        byte[] controlled = ClientStun.request(new byte[12])
                .username(local.ufrag(0) + ":theirs")
                .controlled()
                .finish(local.password(0));
        assertThat(ice.onStun(parse(controlled), HOME, now)).isEqualTo(StunVerdict.ROLE_CONFLICT);
        assertThat(out.last().stun().errorCode()).isEqualTo(487);

        byte[] strange = ClientStun.request(new byte[12])
                .username(local.ufrag(0) + ":theirs")
                .add(0x0014, new byte[4])
                .finish(local.password(0));
        assertThat(ice.onStun(parse(strange), HOME, now)).isEqualTo(StunVerdict.UNKNOWN_ATTRIBUTE);
        assertThat(out.last().stun().errorCode()).isEqualTo(420);

        assertThat(ice.selected()).isNull();
    }

    @Test
    void restartsByGenerationAndNeverGoesBack() {
        check(HOME, 0, true);
        assertThat(check(ROAD, 37, false)).isEqualTo(StunVerdict.AUTHENTIC);
        assertThat(ice.selected()).isEqualTo(HOME);
        check(ROAD, 37, true);
        assertThat(ice.selected()).isEqualTo(ROAD);

        assertThat(check(HOME, 0, true)).isEqualTo(StunVerdict.AUTHENTIC);
        assertThat(ice.selected()).as("the former peer connection's nomination").isEqualTo(ROAD);
    }

    @Test
    void stopsSendingWithoutChecksAndHealsWithinTenMinutes() {
        check(HOME, 0, true);
        pass(29, TimeUnit.SECONDS);
        check(HOME, 0, false);
        pass(29, TimeUnit.SECONDS);
        assertThat(ice.maySend()).isTrue();
        pass(1, TimeUnit.SECONDS);
        assertThat(ice.maySend()).isFalse();

        pass(9, TimeUnit.MINUTES);
        check(ROAD, 3, true);
        assertThat(ice.maySend()).isTrue();
        assertThat(ice.selected()).isEqualTo(ROAD);
        assertThat(out.consents).containsExactly(true, false, true);
        assertThat(out.abandoned).isZero();
    }

    @Test
    void abandonsTheKeysAfterTenMinutesOfSilence() {
        check(HOME, 0, true);
        pass(30, TimeUnit.SECONDS);
        pass(599, TimeUnit.SECONDS);
        assertThat(out.abandoned).isZero();
        pass(1, TimeUnit.SECONDS);
        assertThat(out.abandoned).isOne();
        assertThat(ice.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void movesItsSendingOnlyAfterAnAnsweredCheck() {
        ice.setRemote(REMOTE, now);
        check(HOME, 0, true);
        pass(10, TimeUnit.MILLISECONDS);
        answer(HOME, 0);
        out.sent.clear();

        ice.onNewerMedia(ROAD, now);
        ice.onNewerMedia(ROAD, now);
        assertThat(out.sent).as("one check, however many packets").hasSize(1);
        Sent mine = out.last();
        StunMessage check = mine.stun();
        assertThat(mine.to()).isEqualTo(ROAD);
        assertThat(check.username()).isEqualTo("theirs:" + local.ufrag(0));
        assertThat(check.integrityMatches(REMOTE.password())).isTrue();
        assertThat(ice.selected()).isEqualTo(HOME);

        pass(250, TimeUnit.MILLISECONDS);
        assertThat(answer(HOME, 1)).as("the answer must come from there").isEqualTo(StunVerdict.UNEXPECTED);
        assertThat(answer(ROAD, 1)).isEqualTo(StunVerdict.AUTHENTIC);
        assertThat(ice.selected()).isEqualTo(ROAD);
        assertThat(out.roundTrips)
                .containsExactly(TimeUnit.MILLISECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(250));
    }

    @Test
    void repeatsItsCheckWithBackOffAndGivesUp() {
        ice.setRemote(REMOTE, now);
        check(HOME, 0, true);
        answer(HOME, 0);
        out.sent.clear();

        ice.onNewerMedia(ROAD, now);
        long start = now;
        List<Long> atMs = new ArrayList<>(List.of(0L));
        while (ice.nextDeadlineNanos() - start <= TimeUnit.SECONDS.toNanos(29)) {
            int before = out.sent.size();
            now = ice.nextDeadlineNanos();
            ice.onDeadline(now);
            if (out.sent.size() > before && out.last().to().equals(ROAD)) {
                atMs.add(TimeUnit.NANOSECONDS.toMillis(now - start));
            }
        }
        assertThat(atMs).containsExactly(0L, 1000L, 3000L, 7000L, 15000L);
        assertThat(ice.selected()).isEqualTo(HOME);
    }

    @Test
    void measuresALateAnswerAgainstItsOwnAttempt() {
        ice.setRemote(REMOTE, now);
        check(HOME, 0, true);
        pass(1300, TimeUnit.MILLISECONDS); // a second attempt left at 1000
        answer(HOME, 0);
        assertThat(out.roundTrips).containsExactly(TimeUnit.MILLISECONDS.toNanos(1300));
    }

    @Test
    void refusesAnAnswerWithTheWrongKey() {
        ice.setRemote(REMOTE, now);
        check(HOME, 0, true);
        byte[] forged = Stun.success(ids.get(0), HOME.remote(), "another password, 22 chars");
        assertThat(ice.onStun(parse(forged), HOME, now)).isEqualTo(StunVerdict.UNEXPECTED);
        assertThat(out.roundTrips).isEmpty();
    }

    private record Sent(Path to, StunMessage stun) {}

    private static final class Recorder implements IceOutput {
        final List<Sent> sent = new ArrayList<>();
        final List<Boolean> consents = new ArrayList<>();
        final List<Long> roundTrips = new ArrayList<>();

        @Nullable
        Path selected;

        int abandoned;

        Sent last() {
            return sent.get(sent.size() - 1);
        }

        @Override
        public void send(Path to, byte[] stun) {
            sent.add(new Sent(to, parse(stun)));
        }

        @Override
        public void selected(Path path) {
            assertThat(path).as("told only at a change").isNotEqualTo(selected);
            selected = path;
        }

        @Override
        public void consent(boolean granted) {
            consents.add(granted);
        }

        @Override
        public void abandoned() {
            abandoned++;
        }

        @Override
        public void roundTrip(long rttNanos) {
            roundTrips.add(rttNanos);
        }
    }
}
