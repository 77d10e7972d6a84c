package org.raabta.signaling.socket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.link.Tokens;

/** Any text is a message or a BadMessageException; any text is a token of ours or none. */
class SocketFuzzTest {
    private static final Tokens TOKENS = new Tokens(new byte[32]);

    @FuzzTest
    void message(FuzzedDataProvider data) {
        try {
            PageMessageParser.parse(data.consumeRemainingAsString());
        } catch (BadMessageException e) {
            if (e.getMessage() == null || e.getMessage().length() > 200) {
                throw new AssertionError("a refusal says why, in a line");
            }
        }
    }

    @FuzzTest
    void token(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        TOKENS.read(text).ifPresent(token -> {
            if (!TOKENS.write(token).equals(text) || text.length() != Token.LENGTH) {
                throw new AssertionError("a token has one spelling");
            }
        });
    }
}
