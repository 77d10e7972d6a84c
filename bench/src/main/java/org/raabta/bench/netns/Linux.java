package org.raabta.bench.netns;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The system calls and constants the laboratory needs (x86-64 and arm64 Linux), bound to the C library. */
final class Linux {
    static final int CLONE_NEWNET = 0x40000000;
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int EFD_NONBLOCK = 0x800;
    static final int EFD_CLOEXEC = 0x80000;
    static final short POLLIN = 1;
    static final int PR_SET_TIMERSLACK = 29;
    static final int SCHED_FIFO = 1;

    static final long TUNSETIFF = 0x400454caL;
    static final short IFF_TUN = 0x0001;
    static final short IFF_NO_PI = 0x1000;
    static final long SIOCADDRT = 0x890bL;
    static final long SIOCGIFFLAGS = 0x8913L;
    static final long SIOCSIFFLAGS = 0x8914L;
    static final long SIOCSIFADDR = 0x8916L;
    static final long SIOCSIFNETMASK = 0x891cL;
    static final long SIOCSIFMTU = 0x8922L;
    static final short IFF_UP = 0x1;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    static final int EINTR = 4;
    private static final int ENXIO = 6;
    static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int ENODEV = 19;
    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final Map<Integer, String> NAMES = Map.of(
            EPERM, "EPERM", ENOENT, "ENOENT", ENXIO, "ENXIO", EACCES, "EACCES", EBUSY, "EBUSY", ENODEV, "ENODEV",
            EINVAL, "EINVAL", ENOSPC, "ENOSPC");

    static {
        Native.register(Linux.class, "c");
    }

    private Linux() {}

    static native int open(String path, int flags);

    static native int close(int fd);

    static native long read(int fd, Pointer buffer, long bytes);

    static native long write(int fd, Pointer buffer, long bytes);

    /** Variadic in C; on the two processors named above a third pointer argument is passed the same way. */
    static native int ioctl(int fd, long request, Pointer argument);

    static native int socket(int family, int type, int protocol);

    static native int setns(int fd, int type);

    static native int eventfd(int initial, int flags);

    static native int ppoll(Pointer descriptors, long count, @Nullable Pointer timeout, @Nullable Pointer signals);

    static native int sched_setscheduler(int pid, int policy, Pointer parameters);

    static native int prctl(int option, long a, long b, long c, long d);

    static int errno() {
        return Native.getLastError();
    }

    /** Turns a failed call into an exception that names it; {@code what} says what it was for. */
    static int check(int result, String what) throws IOException {
        if (result >= 0) {
            return result;
        }
        int errno = errno();
        throw new IOException(what + ": " + NAMES.getOrDefault(errno, "errno " + errno));
    }
}
