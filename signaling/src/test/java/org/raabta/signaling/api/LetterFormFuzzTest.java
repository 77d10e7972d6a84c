package org.raabta.signaling.api;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.raabta.signaling.http.ProblemException;

/** Any bytes under any content type are a form within bounds, or a problem said to who sent it. */
class LetterFormFuzzTest {
    @FuzzTest
    void body(byte[] body) {
        read("multipart/form-data; boundary=x", body);
    }

    @FuzzTest
    void head(FuzzedDataProvider data) {
        String type = data.consumeString(200);
        read(type, data.consumeRemainingAsBytes());
    }

    private static void read(String type, byte[] body) {
        LetterForm form;
        try {
            form = LetterForm.read(type, body);
        } catch (ProblemException e) {
            return;
        }
        if (form.text().indexOf('\0') >= 0 || form.phone().length() > 80) {
            throw new AssertionError("not cleaned");
        }
        form.number().ifPresent(number -> {
            if (!number.matches("\\+?[0-9]{3,15}")) {
                throw new AssertionError(number);
            }
        });
        if (form.photo().map(photo -> photo.length > body.length).orElse(false)) {
            throw new AssertionError("a photo larger than what came");
        }
    }
}
