package org.raabta.relay.codec;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native memory of one encoder or decoder, all it will ever have. Whoever makes it closes it; one that is collected
 * unclosed is freed all the same, counted, and named in the log.
 */
final class NativeBlock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NativeBlock.class);

    private final Memory memory;
    private final Release release;
    private final Cleaner.Cleanable cleanable;

    NativeBlock(int bytes, Cleaner cleaner, AtomicLong nativeBytes, AtomicLong leaked) {
        memory = new Memory(bytes);
        memory.clear();
        release = new Release(memory, new AtomicBoolean(), nativeBytes, leaked);
        nativeBytes.addAndGet(memory.size());
        cleanable = cleaner.register(this, release);
    }

    /** For set-up: the pointer is to be kept, so that packets make none. */
    Pointer at(int offset, int bytes) {
        return memory.share(offset, bytes);
    }

    /** A freed block is never handed to C. */
    void requireOpen() {
        if (release.closed().get()) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public void close() {
        release.closed().set(true);
        cleanable.clean();
    }

    /** Runs once: at close, or when the block has been collected. */
    record Release(Memory memory, AtomicBoolean closed, AtomicLong nativeBytes, AtomicLong leaked) implements Runnable {
        @Override
        public void run() {
            nativeBytes.addAndGet(-memory.size());
            memory.close();
            if (!closed.get()) {
                leaked.incrementAndGet();
                log.warn("LEAK: an Opus encoder or decoder was not closed");
            }
        }
    }
}
