package org.raabta.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuessLimitTest {
    private final AtomicLong nanos = new AtomicLong();
    private final GuessLimit limit = new GuessLimit(3, nanos::get);

    private static InetAddress v6(int network, int host) throws Exception {
        byte[] address = new byte[16];
        address[0] = 0x20;
        address[7] = (byte) network;
        address[15] = (byte) host;
        return InetAddress.getByAddress(address);
    }

    @Test
    void oneTooManyUntilTimePasses() throws Exception {
        InetAddress guesser = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        for (int i = 0; i < 3; i++) {
            assertThat(limit.wrong(guesser)).isTrue();
        }
        assertThat(limit.wrong(guesser)).isFalse();
        assertThat(limit.exhausted(guesser)).isTrue();
        assertThat(limit.exhausted(InetAddress.getByAddress(new byte[] {10, 0, 0, 2})))
                .isFalse();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(21));
        assertThat(limit.wrong(guesser)).isTrue();
        assertThat(limit.wrong(guesser)).isFalse();
    }

    @Test
    void oneSubscribersIpv6NetworkIsOneAddress() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.wrong(v6(1, i))).isTrue();
        }
        assertThat(limit.wrong(v6(1, 99))).isFalse();
        assertThat(limit.wrong(v6(2, 99))).isTrue();
    }
}
