package org.raabta.signaling.consult;

import org.raabta.adapter.Decision;
import org.raabta.relay.control.CallEvents;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;

/** Carries the relay's events from its loop to the room's. */
record RelayNews(Room room) implements CallEvents {
    @Override
    public void legConnected(LegId leg) {
        room.submit(inside -> inside.onConnected(leg));
    }

    @Override
    public void legDisconnected(LegId leg, DisconnectReason reason) {
        room.submit(inside -> inside.onDisconnected(leg, reason));
    }

    @Override
    public void decided(Direction direction, Decision decision) {
        room.submit(inside -> inside.onDecided(direction, decision));
    }

    @Override
    public void command(LegId leg, SendCommand command) {
        room.submit(inside -> inside.onCommand(leg, command));
    }

    @Override
    public void transferRoom(LegId leg, TransferRoom left) {
        room.submit(inside -> inside.onTransferRoom(leg, left));
    }

    @Override
    public void still(Direction direction, StillPicture picture) {
        room.submit(inside -> inside.onStill(direction, picture));
    }

    @Override
    public void failed(Throwable bug) {
        room.submit(inside -> inside.onCallFailed(bug));
    }
}
