package org.raabta.relay.ice;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the checks of a full, controlling ICE agent: what the code under test never sends itself. */
public final class ClientStun {
    private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    private final int type;
    private final byte[] id;

    private ClientStun(int type, byte[] id) {
        this.type = type;
        this.id = id;
    }

    /** A Binding request without any attribute. */
    public static ClientStun request(byte[] id) {
        return new ClientStun(0x0001, id);
    }

    /** The usual check: user name, role, priority, nominating or not. */
    public static byte[] check(byte[] id, String username, String password, boolean nominate) {
        ClientStun request = request(id).username(username).add(Stun.PRIORITY, new byte[4]);
        request.add(Stun.ICE_CONTROLLING, new byte[8]);
        if (nominate) {
            request.add(Stun.USE_CANDIDATE, new byte[0]);
        }
        return request.finish(password);
    }

    public ClientStun username(String username) {
        return add(Stun.USERNAME, username.getBytes(StandardCharsets.UTF_8));
    }

    /** The other role than {@link #check} claims. */
    public ClientStun controlled() {
        return add(Stun.ICE_CONTROLLED, new byte[8]);
    }

    public ClientStun add(int attribute, byte[] value) {
        attributes.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) attribute)
                .putShort((short) value.length)
                .array());
        attributes.writeBytes(value);
        attributes.writeBytes(new byte[-value.length & 3]);
        return this;
    }

    public byte[] finish(@Nullable String password) {
        if (password != null) {
            byte[] soFar = bytes(0);
            add(Stun.MESSAGE_INTEGRITY, Stun.integrity(soFar, soFar.length, password));
        }
        byte[] soFar = bytes(8);
        int crc = Stun.fingerprint(soFar, soFar.length);
        return add(Stun.FINGERPRINT, ByteBuffer.allocate(4).putInt(crc).array()).bytes(0);
    }

    private byte[] bytes(int pending) {
        return ByteBuffer.allocate(20 + attributes.size())
                .putShort((short) type)
                .putShort((short) (attributes.size() + pending))
                .putInt(Stun.COOKIE)
                .put(Arrays.copyOf(id, 12))
                .put(attributes.toByteArray())
                .array();
    }
}
