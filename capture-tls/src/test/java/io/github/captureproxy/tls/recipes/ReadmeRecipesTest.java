package io.github.captureproxy.tls.recipes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows the recipes as they are compiled and run here. */
class ReadmeRecipesTest {
    private static final String START = "// README ";
    private static final int RECIPES = 10;

    @Test
    void theReadmeShowsEveryRecipe() throws IOException {
        Map<String, String> compiled = new LinkedHashMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java/io/github/captureproxy/tls"))) {
            for (Path source : sources.filter(file -> file.toString().matches(".*Recipe(Test)?\\.java"))
                    .toList()) {
                collect(Files.readAllLines(source), compiled);
            }
        }
        assertThat(compiled).hasSize(RECIPES);
        assertThat(shown(compiled.keySet().stream())).isEqualTo(compiled);
    }

    private static void collect(List<String> lines, Map<String, String> into) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith(START)) {
                into.put(line.substring(START.length()), until("// end", lines.subList(i + 1, lines.size())));
            }
        }
    }

    private static Map<String, String> shown(Stream<String> names) throws IOException {
        List<String> readme = Files.readAllLines(Path.of("..", "README.md"));
        Map<String, String> shown = new LinkedHashMap<>();
        names.forEach(name -> {
            int start = readme.indexOf("<!-- recipe " + name + " -->") + 2; // past the fence
            assertThat(start).as("recipe " + name).isGreaterThan(1);
            shown.put(name, until("```", readme.subList(start, readme.size())));
        });
        return shown;
    }

    private static String until(String end, List<String> lines) {
        return lines.stream()
                .takeWhile(line -> !line.strip().equals(end))
                .collect(joining("\n"))
                .stripIndent();
    }
}
