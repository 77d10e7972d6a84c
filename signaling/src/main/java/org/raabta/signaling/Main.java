package org.raabta.signaling;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import org.raabta.signaling.api.Links;
import org.raabta.signaling.settings.Flags;
import org.raabta.signaling.settings.Settings;
import org.raabta.signaling.settings.SettingsException;
import org.raabta.signaling.settings.SettingsReader;

/** {@code ./raabta serve}: standard output carries the contract's lines only, everything else goes to standard error. */
public final class Main {
    private static final int WRONG_SETTINGS = 2;
    private static final int CANNOT_START = 1;

    private Main() {}

    public static void main(String[] args) {
        int status = run(List.of(args), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Starts the server and leaves it running; the exit status if it cannot. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        Flags flags;
        Settings settings;
        try {
            flags = Flags.parse(args);
            settings = SettingsReader.read(flags);
        } catch (SettingsException e) {
            err.println(e.getMessage());
            return WRONG_SETTINGS;
        }
        try {
            Server server = Server.start(settings, InstantSource.system());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "drain"));
            announce(server, flags, out);
            return 0;
        } catch (SettingsException e) {
            err.println(e.getMessage());
            return WRONG_SETTINGS;
        } catch (IOException e) {
            err.println("cannot start: " + e.getMessage());
            return CANNOT_START;
        } catch (RuntimeException e) {
            err.println("cannot start: " + e);
            return CANNOT_START;
        }
    }

    private static void announce(Server server, Flags flags, PrintStream out) throws IOException {
        if (!flags.demo()) {
            out.println("ready " + server.base());
        } else {
            Links.Pair links = server.demo();
            out.println("ready " + server.base());
            out.println("doctor " + links.doctorUrl());
            out.println("patient " + links.patientUrl());
            out.println("clinic-key " + server.clinicKey());
            out.println("operator-key " + server.operatorKey());
        }
        out.flush();
    }
}
