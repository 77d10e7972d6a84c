package org.raabta.signaling.api;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.raabta.signaling.http.ProblemException;

/** Any text is an offset that an item can have, or a problem said to who asked. */
class ItemHeadersFuzzTest {
    @FuzzTest
    void offset(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            int offset = ItemHeaders.offset(text);
            if (offset < 0 || !text.endsWith(Integer.toString(offset))) {
                throw new AssertionError(offset + " is not what was said");
            }
        } catch (ProblemException e) {
            if (text.matches("[0-9]{1,9}")) {
                throw new AssertionError("a whole number was refused", e);
            }
        }
    }

    @FuzzTest
    void range(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        int from = ItemHeaders.from(text);
        if (from < 0 || (from > 0 && !text.startsWith("bytes="))) {
            throw new AssertionError(from + " is not what was said");
        }
    }
}
