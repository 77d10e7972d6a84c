package org.raabta.signaling.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything an operator can turn; docs/settings.md documents each key.
 *
 * @param profile of consultations that ask for none: a shipped one's name, or a file
 */
public record Settings(
        Path data,
        Optional<String> publicUrl,
        HostPort http,
        Https https,
        Media media,
        Keys keys,
        Clinic clinic,
        Consults consults,
        Transfers transfers,
        String profile,
        Limits limits,
        Duration drain) {

    /**
     * @param certificate PEM chain, together with {@code key}; without them one is made in the data directory
     * @param key         PEM private key (PKCS #8)
     */
    public record Https(HostPort listen, Optional<Path> certificate, Optional<Path> key) {}

    /**
     * @param advertise address and port of loop 0 that clients are told
     * @param bind      address that the sockets are bound to; by default the advertised one if it is this machine's, else all
     * @param loops     event loops, each with a UDP port of its own; 0 means one for each processor, 64 at most
     */
    public record Media(HostPort advertise, Optional<String> bind, int loops) {
        /** As a host to advertise: an address of this machine, found at start. */
        public static final String AUTO = "auto";
    }

    /** Credentials; those that are not given are made at first start in the data directory. */
    public record Keys(Optional<String> clinic, Optional<String> operator, Optional<String> storage) {
        /** Never prints a key. */
        @Override
        public String toString() {
            return "Keys[clinic=" + (clinic.isPresent() ? "given" : "made") + ", operator="
                    + (operator.isPresent() ? "given" : "made") + ", storage="
                    + (storage.isPresent() ? "given" : "made") + "]";
        }
    }

    /**
     * What patients read of the clinic.
     *
     * @param emergencyNumber to call when nothing else helps: digits, maybe after a plus sign
     * @param name            on cards and in messages
     * @param zone            in which times are told
     * @param keepPlace       so long a waiting patient who is away keeps the place in the line
     * @param pricePerMb      what a megabyte costs patients, in rupees
     */
    public record Clinic(
            String emergencyNumber,
            Optional<String> name,
            ZoneId zone,
            Duration keepPlace,
            OptionalDouble pricePerMb) {}

    /**
     * @param lifetime    of links whose creator gives no expiry, from the opening time on
     * @param maxLifetime the longest a creator may ask for, from now on
     * @param keepEvents  a consultation's event log is deleted when nothing was added for so long
     */
    public record Consults(Duration lifetime, Duration maxLifetime, Duration keepEvents) {}

    /**
     * @param photoBytes   the largest photo
     * @param noteBytes    the largest recorded message
     * @param consultBytes of all files of a consultation
     * @param consultFiles how many files a consultation may have
     * @param clinicBytes  of all files of all consultations
     * @param keepFree     bytes of the disk that files never take
     * @param keep         time lines and files are deleted so long after the end of their consultation
     * @param keepPartial  an upload that did not grow for so long is given up
     * @param finish       so long after the end of its consultation what was begun may be finished
     */
    public record Transfers(
            int photoBytes,
            int noteBytes,
            long consultBytes,
            int consultFiles,
            long clinicBytes,
            long keepFree,
            Duration keep,
            Duration keepPartial,
            Duration finish) {}

    /**
     * @param bodyBytes             the largest request body
     * @param connectionsPerAddress open TCP connections of one address; many phones share one behind a carrier's NAT
     * @param requestTimeout        a connection that completes no request for so long is closed
     * @param badTokensPerMinute    wrong tokens and keys of one address before it is answered 429
     */
    public record Limits(int bodyBytes, int connectionsPerAddress, Duration requestTimeout, int badTokensPerMinute) {}
}
