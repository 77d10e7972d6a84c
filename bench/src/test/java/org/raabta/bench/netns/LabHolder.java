package org.raabta.bench.netns;

import java.io.IOException;
import org.raabta.bench.link.Links;

/** Opens a laboratory with a process on either side and waits to be killed; the tests run it as a process of its own. */
final class LabHolder {
    private LabHolder() {}

    public static void main(String[] args) throws Exception {
        try (Lab lab = Lab.open(Links.shipped("edge-avg"), 1)) {
            // The second leaves its parent's session, as browsers' helpers do.
            lab.phone().start(new ProcessBuilder("sleep", "1000"));
            lab.server().start(new ProcessBuilder("sh", "-c", "setsid sleep 1000 & sleep 1000"));
            System.out.println("ready");
            Thread.currentThread().join();
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
