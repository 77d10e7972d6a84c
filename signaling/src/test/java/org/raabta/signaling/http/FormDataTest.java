package org.raabta.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormDataTest {
    private static final String TYPE = "multipart/form-data; boundary=x";
    private static final String NAME = "Content-Disposition: form-data; name=\"a\"";

    private static List<FormData.Part> read(String type, String body) {
        return FormData.read(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(FormData.Part part) {
        return new String(part.content(), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsAndFilesAsBrowsersWriteThem() {
        List<FormData.Part> parts = read(
                "Multipart/Form-Data; charset=utf-8; boundary=\"x y\"",
                "--x y\r\n" + NAME
                        + "\r\n\r\none\r\n--x\r\n\r\n--x y  \r\ncontent-disposition:form-data;filename=\"n\\.jpg\";"
                        + "name=\"photo\"\r\nContent-Type: image/jpeg\r\n\r\n\r\n--x y--\r\nrest");
        assertThat(parts).hasSize(2);
        assertThat(text(parts.get(0))).as("what only looks like a delimiter").isEqualTo("one\r\n--x\r\n");
        assertThat(parts.get(0).file()).isFalse();
        assertThat(parts.get(1).name()).isEqualTo("photo");
        assertThat(parts.get(1).file()).isTrue();
        assertThat(parts.get(1).content()).isEmpty();
    }

    @Test
    void whatStandsBeforeTheFirstDelimiterIsSkipped() {
        assertThat(read(TYPE, "preamble\r\n--x\r\n" + NAME + "\r\n\r\n\u06a9\r\n--x--"))
                .singleElement()
                .satisfies(part -> assertThat(text(part)).isEqualTo("\u06a9"));
        assertThat(read(TYPE, "--x--")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--x",
                "--x\r\n",
                "--x\r\n" + NAME + "\r\n\r\none",
                "--x\r\n" + NAME + "\r\n\r\none\r\n--x",
                "--x\r\n" + NAME + "\r\n\r\none\r\n--xx",
                "--x\r\n\r\nno head\r\n--x--",
                "--x\r\nContent-Disposition: form-data\r\n\r\none\r\n--x--",
                "--x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\none\r\n--x--"
            })
    void whatIsBrokenIsSaidSo(String body) {
        assertThatThrownBy(() -> read(TYPE, body))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem()).isEqualTo(Problem.INVALID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/mixed; boundary=x",
                "text/plain"
            })
    void anythingElseIsNoForm(String type) {
        assertThatThrownBy(() -> read(type, "--x--"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem()).isEqualTo(Problem.UNSUPPORTED_TYPE));
    }

    @Test
    void moreFieldsAndLongerHeadsThanAnyFormOfOursAreRefused() {
        String one = "--x\r\n" + NAME + "\r\n\r\n1\r\n";
        assertThat(read(TYPE, one.repeat(16) + "--x--")).hasSize(16);
        assertThatThrownBy(() -> read(TYPE, one.repeat(17) + "--x--")).isInstanceOf(ProblemException.class);
        String padded = "--x\r\nX: " + "y".repeat(5000) + "\r\n" + NAME + "\r\n\r\n1\r\n--x--";
        assertThatThrownBy(() -> read(TYPE, padded)).isInstanceOf(ProblemException.class);
    }
}
