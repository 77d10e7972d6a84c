package org.raabta.relay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** How a test's peer reaches the relay: a UDP socket, or a TCP connection with the frames of RFC 4571. */
interface Wire extends AutoCloseable {
    void send(byte[] datagram) throws IOException;

    /** Blocks; throws when the wire is closed. */
    byte[] receive() throws IOException;

    @Override
    void close();

    static Wire udp(InetSocketAddress relay) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.connect(relay);
        return new Wire() {
            @Override
            public void send(byte[] datagram) throws IOException {
                socket.send(new DatagramPacket(datagram, datagram.length));
            }

            @Override
            public byte[] receive() throws IOException {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                return Arrays.copyOf(packet.getData(), packet.getLength());
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    static Wire tcp(InetSocketAddress relay) throws IOException {
        Socket socket = new Socket(relay.getAddress(), relay.getPort());
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        return new Wire() {
            @Override
            public synchronized void send(byte[] datagram) throws IOException {
                byte[] frame = new byte[2 + datagram.length];
                frame[0] = (byte) (datagram.length >> 8);
                frame[1] = (byte) datagram.length;
                System.arraycopy(datagram, 0, frame, 2, datagram.length);
                out.write(frame);
            }

            @Override
            public byte[] receive() throws IOException {
                byte[] frame = new byte[in.readUnsignedShort()];
                in.readFully(frame);
                return frame;
            }

            @Override
            public void close() {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
