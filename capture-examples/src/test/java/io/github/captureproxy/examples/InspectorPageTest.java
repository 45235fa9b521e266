package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a person sees it, in the installed Chromium, which starts once for all of its tests. */
class InspectorPageTest
        implements PageListCases,
                PageDetailCases,
                PageBodyCases,
                PageStreamCases,
                PageSessionCases,
                PagePanelCases,
                PageHostileCases {
    @TempDir
    static Path folder;

    private static @Nullable PageStage stage;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = PageBrowser.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        stage = PageStage.open(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (stage != null) {
            stage.close();
        }
        stage = null; // its clients end once nobody can call them
    }

    @Override
    public PageStage stage() {
        return stage;
    }

    @AfterEach
    void thePageIsUnharmed() {
        browser().isUnharmed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic", "overview", "sessions", "hosts", "cookies", "devices", "settings"})
    void nothingKeepsAnyoneFromUsingAView(String view) throws IOException {
        browser().show(view);
        browser().see(view + "-view");
        assertThat(browser().axeViolations()).isEmpty();
        browser().prefer("dark");
        assertThat(browser().axeViolations()).as("in the dark").isEmpty();
        browser().prefer("light");
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic", "overview", "sessions", "hosts", "cookies", "devices", "settings"})
    void aNarrowWindowIsNotScrolledSideways(String view) {
        browser().inWindowOf(390, 844, () -> {
            browser().show(view);
            browser().see(view + "-view");
            assertThat(browser().script("""
                            return [...document.querySelectorAll('html, main')]
                                .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.localName);
                            """))
                    .as("what is wider than the window")
                    .isEqualTo(List.of());
            browser().see("nav a[href='#/settings']");
        });
    }

    @Test
    void aNewLinkOpensThePageWhereItStandsLockedInTheSameTab() {
        browser().script("sessionStorage.clear()"); // as with a program that was started anew
        browser().show("hosts");
        browser().seeText("h1", "This page needs its link");
        browser().driver().get(stage().capture().page().orElseThrow().newLink().toString());
        browser().see("traffic-view");
        assertThat(browser().driver().getCurrentUrl()).endsWith("/#/traffic");
    }
}
