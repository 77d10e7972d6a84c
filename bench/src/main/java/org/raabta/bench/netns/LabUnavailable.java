package org.raabta.bench.netns;

import java.io.IOException;

/** This machine cannot run the laboratory; the message names the missing device, permission, rule or sysctl. */
public final class LabUnavailable extends IOException {
    LabUnavailable(String message) {
        super(message);
    }

    LabUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
