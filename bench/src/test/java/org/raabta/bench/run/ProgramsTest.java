package org.raabta.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramsTest {
    @Test
    void theFirstLineIsWhatAProgramSays() throws Exception {
        assertThat(Programs.firstLine("printf", "  one \\ntwo\\n")).hasValue("one");
    }

    @Test
    void whoFailsOrIsSilentOrMissingSaysNothing() throws Exception {
        assertThat(Programs.firstLine("sh", "-c", "echo no; exit 3")).isEmpty();
        assertThat(Programs.firstLine("true")).isEmpty();
        assertThat(Programs.firstLine("no-such-program-here")).isEmpty();
    }
}
