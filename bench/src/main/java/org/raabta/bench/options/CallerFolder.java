package org.raabta.bench.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The launcher runs everything in the repository; it says by a system property where it was called. */
public final class CallerFolder {
    private static final String PROPERTY = "raabta.calledFrom";

    private CallerFolder() {}

    /** The file or directory that the caller means; without a launcher, Java's own working directory is the caller's. */
    public static Path resolve(String text) throws InvalidPathException {
        return Path.of(System.getProperty(PROPERTY, "")).resolve(text).normalize();
    }
}
