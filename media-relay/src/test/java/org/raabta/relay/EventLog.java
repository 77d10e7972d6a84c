package org.raabta.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.CallEvents;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;

/** What a call told, in order, for tests to wait for. */
final class EventLog implements CallEvents {
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    void await(String... expected) throws InterruptedException {
        for (String event : expected) {
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(event);
        }
    }

    @Override
    public void legConnected(LegId leg) {
        seen.add("connected " + leg);
    }

    @Override
    public void legDisconnected(LegId leg, DisconnectReason reason) {
        seen.add("disconnected " + leg + " " + reason);
    }

    @Override
    public void command(LegId leg, SendCommand command) {}

    @Override
    public void decided(Direction direction, Decision decision) {}

    @Override
    public void transferRoom(LegId leg, TransferRoom room) {}

    @Override
    public void still(Direction direction, StillPicture picture) {}

    @Override
    public void failed(Throwable bug) {
        failures.add(bug);
    }
}
