package org.raabta.signaling.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final Template PAGE = new Template("<p>{{a}}</p>{{#b}}<b>{{b}}</b>{{/b}}");

    @Test
    void holesAreFilledOnceAndWhatIsFilledInIsNotLookedAt() {
        assertThat(PAGE.fill(Map.of("a", "{{b}} $1 \\", "b", "x"))).isEqualTo("<p>{{b}} $1 \\</p><b>x</b>");
    }

    @Test
    void aSectionWithNothingInItIsLeftOut() {
        assertThat(PAGE.fill(Map.of("a", "1", "b", ""))).isEqualTo("<p>1</p>");
    }

    @Test
    void sectionsMayStandInSections() {
        Template page = new Template("{{#a}}1{{#b}}2{{/b}}3{{/a}}");
        assertThat(page.fill(Map.of("a", "x", "b", "x"))).isEqualTo("123");
        assertThat(page.fill(Map.of("a", "x", "b", ""))).isEqualTo("13");
        assertThat(page.fill(Map.of("a", "", "b", "x"))).isEmpty();
    }

    @Test
    void aHoleThatNobodyFillsIsABug() {
        assertThatThrownBy(() -> PAGE.fill(Map.of("b", ""))).hasMessageContaining("{{a}}");
    }

    @Test
    void textStaysText() {
        assertThat(Template.escaped("<a href=\"x\" on='y'>&"))
                .isEqualTo("&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;");
    }
}
