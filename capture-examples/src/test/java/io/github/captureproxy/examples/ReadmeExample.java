package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An example that stands in the README and in a test, where it is compiled and run. */
final class ReadmeExample {
    private ReadmeExample() {}

    /** What the README shows below a comment with a name. */
    static String inReadme(String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "README.md"));
        int start = lines.indexOf("<!-- " + name + " -->") + 1;
        assertThat(start).isPositive();
        assertThat(lines.get(start)).isEqualTo("```java");
        List<String> rest = lines.subList(start + 1, lines.size());
        return String.join("\n", rest.subList(0, rest.indexOf("```")));
    }

    /** What stands between the two marks in a test. */
    static String inTest(Class<?> test) throws IOException {
        Path source = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
        List<String> lines =
                Files.readAllLines(source).stream().map(String::stripTrailing).toList();
        List<String> words = lines.stream().map(String::strip).toList();
        int start = words.indexOf("// The README's example starts here.");
        int end = words.indexOf("// The README's example ends here.");
        return String.join("\n", lines.subList(start + 1, end)).stripIndent();
    }
}
