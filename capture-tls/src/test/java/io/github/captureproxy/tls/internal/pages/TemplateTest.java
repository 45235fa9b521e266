package io.github.captureproxy.tls.internal.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private final Template template = new Template("a{{#x}}b{{#y}}c{{/y}}{{/x}}{{^x}}d{{/x}}{{v}}");

    @Test
    void showsABlockIfItsFlagIsSetAndTheOtherIfNot() {
        Map<String, String> values = Map.of("v", "!");
        assertThat(template.with(Set.of()).filled(values)).isEqualTo("ad!");
        assertThat(template.with(Set.of("x")).filled(values)).isEqualTo("ab!");
        assertThat(template.with(Set.of("x", "y")).filled(values)).isEqualTo("abc!");
    }

    @Test
    void takesAValueAsItIsEvenIfItLooksLikeAPlace() {
        assertThat(template.with(Set.of()).filled(Map.of("v", "{{v}}$1\\"))).isEqualTo("ad{{v}}$1\\");
    }

    @Test
    void isNotFilledWithoutAValueForEachPlace() {
        assertThatThrownBy(() -> template.with(Set.of()).filled(Map.of())).hasMessageContaining("{{v}}");
    }

    @Test
    void escapesWhatWouldBeMarkup() {
        assertThat(Template.escaped("<a b=\"c\" d='e'>&")).isEqualTo("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
    }
}
