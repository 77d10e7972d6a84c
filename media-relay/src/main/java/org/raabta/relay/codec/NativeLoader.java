package org.raabta.relay.codec;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.codec.OpusUnavailable.Reason;

/** Brings the library out of the jar into the process. */
final class NativeLoader {
    /** RTLD_NOW, RTLD_LOCAL and RTLD_DEEPBIND of Linux: symbols are neither lent to another libopus nor taken from it. */
    private static final int LINUX_OPEN_FLAGS = 0x2 | 0x8;

    private NativeLoader() {}

    /** @param platform directory in libjitsi's jar, named as JNA names operating system and processor */
    static Libopus.Controls load(String platform) throws OpusUnavailable {
        String resource = "/" + platform + "/" + System.mapLibraryName("jnopus");
        try (InputStream packed = NativeLoader.class.getResourceAsStream(resource)) {
            return load(platform, packed);
        } catch (IOException failed) {
            throw new OpusUnavailable(Reason.CANNOT_EXTRACT, failed.toString());
        }
    }

    static Libopus.Controls load(String platform, @Nullable InputStream packed) throws OpusUnavailable {
        if (packed == null) {
            throw new OpusUnavailable(Reason.NO_LIBRARY_FOR_PLATFORM, platform);
        }
        Path file = extract(packed);
        try {
            return bind(file.toString());
        } finally {
            delete(file); // what is mapped stays; where an open file cannot be deleted, the end of the process does it
        }
    }

    /** Into a directory that only we can look into, which is how the JDK makes temporary ones. */
    private static Path extract(InputStream packed) throws OpusUnavailable {
        try {
            Path directory = Files.createTempDirectory("raabta-opus");
            directory.toFile().deleteOnExit();
            Path file = directory.resolve(System.mapLibraryName("jnopus"));
            file.toFile().deleteOnExit();
            Files.copy(packed, file);
            return file;
        } catch (IOException failed) {
            throw new OpusUnavailable(Reason.CANNOT_EXTRACT, failed.toString());
        }
    }

    private static void delete(Path file) {
        if (file.toFile().delete()) {
            file.resolveSibling(".").normalize().toFile().delete();
        }
    }

    private static Libopus.Controls bind(String file) throws OpusUnavailable {
        Map<String, Object> options =
                Platform.isLinux() ? Map.of(Library.OPTION_OPEN_FLAGS, LINUX_OPEN_FLAGS) : Map.of();
        try {
            Libopus.Controls controls = Native.load(file, Libopus.Controls.class, options);
            Native.register(Libopus.class, NativeLibrary.getInstance(file, options));
            return controls;
        } catch (LinkageError failed) {
            throw new OpusUnavailable(Reason.CANNOT_LOAD, String.valueOf(failed.getMessage()));
        }
    }
}
