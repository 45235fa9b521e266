package io.github.captureproxy.examples;

/** Tests of one idea, that a class runs together with others against the page that it has opened. */
interface PageCases {
    /** What is open. */
    PageStage stage();

    /** The page. */
    default PageBrowser browser() {
        return stage().browser();
    }
}
