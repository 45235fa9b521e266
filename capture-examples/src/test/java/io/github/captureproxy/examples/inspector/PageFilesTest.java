package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the page leads to its files, and what a browser may keep of them. */
class PageFilesTest {
    private static final Pattern LEADS = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern PRELOADS = Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\">");
    private static final Pattern BEGIN = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\">");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern IMPORT =
            Pattern.compile("(?:^|[;\\n])\\s*(?:import|export)\\b(?:[^;'\"()]*?from)?\\s*['\"]([^'\"]+)['\"]");
    private static final String KEPT = "Cache-Control: private, max-age=86400, immutable";

    private final Events events = new Events();
    private InspectorServer server;
    private PageClient page;

    @BeforeEach
    void start() throws IOException {
        server = InspectorServer.start(0, new Routes(), events);
        page = PageClient.stranger(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatThePageLeadsToMayBeKept() throws IOException {
        List<String> paths = all(LEADS, get("/"));
        assertThat(paths).hasSizeGreaterThan(3);
        for (String path : paths) {
            PageClient.Answer answer = page.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.head()).as(path).contains(KEPT).doesNotContain("no-store");
        }
    }

    @Test
    void nothingElseMayBeKept() throws IOException {
        String run = begin().substring(0, begin().lastIndexOf('/'));
        for (String path : List.of("/", "/app.js", "/api/rows", run + "/nothing.js", "/run-0/app.js", run)) {
            assertThat(page.get(path).head())
                    .as(path)
                    .contains("Cache-Control: no-store")
                    .doesNotContain("immutable");
        }
        assertThat(page.get("/run-0/app.js").status()).isEqualTo(404);
        assertThat(page.get(run + "/app.js", "Host: evil.example").head()).doesNotContain("immutable");
    }

    @Test
    void everyScriptThatThePageBeginsWithIsAskedForAtOnce() throws IOException {
        Set<String> scripts = scripts();
        assertThat(all(PRELOADS, get("/"))).containsExactlyInAnyOrderElementsOf(scripts);
    }

    @Test
    void thePageBeginsWithoutWhatItDoesNotShowYet() throws IOException {
        assertThat(scripts())
                .hasSizeGreaterThan(10)
                .noneMatch(
                        path -> path.contains("/panels/") || path.contains("/detail/") || path.contains("/dialogs/"));
    }

    @Test
    void thePageHasAllStyles() throws Exception {
        String style = get(all(Pattern.compile("rel=\"stylesheet\" href=\"([^\"]+)\""), get("/"))
                .get(0));
        URI folder = PageFilesTest.class.getResource("web/styles").toURI();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> parts = files.toList();
            assertThat(parts).hasSizeGreaterThan(3);
            for (Path part : parts) {
                assertThat(style).as(part.toString()).contains(Files.readString(part));
            }
        }
    }

    /** All scripts that the first one imports, and those that these do, but for itself. */
    private Set<String> scripts() throws IOException {
        JsonNode map =
                new ObjectMapper().readTree(all(IMPORT_MAP, get("/")).get(0)).path("imports");
        Set<String> found = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(begin()));
        while (!left.isEmpty()) {
            String path = left.removeFirst();
            for (String name : all(IMPORT, get(path))) {
                String imported = resolved(path, name, map);
                if (found.add(imported)) {
                    left.add(imported);
                }
            }
        }
        return found;
    }

    private String begin() throws IOException {
        return all(BEGIN, get("/")).get(0);
    }

    private static String resolved(String base, String name, JsonNode map) {
        if (name.startsWith(".")) {
            return URI.create(base).resolve(name).getPath();
        }
        if (map.has(name)) {
            return map.path(name).asText();
        }
        String folder = name.substring(0, name.indexOf('/') + 1);
        assertThat(map.has(folder)).as("the import map has " + name).isTrue();
        return map.path(folder).asText() + name.substring(folder.length());
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(found::add);
        return found;
    }

    private String get(String path) throws IOException {
        PageClient.Answer answer = page.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.body();
    }
}
