package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.RecordingOrigin.Received;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The compiler and {@code java.net.http} themselves take what is written for them. */
class JavaCodeTest {
    /** What the client sets itself, or can't send. */
    private static final Set<String> LEFT_OUT =
            Set.of("host", "content-length", "connection", "x-latin", "x-utf8", "cookie");

    /** What a {@link URI} can't hold as it was sent; of {@code huge} the body is in no file. */
    private static final Set<String> OTHERWISE =
            Set.of("again", "brackets[1]{2}(3)|;:@,$!'*+", "quotes'it\"s`id`%41%PATH%!x^y", "variable", "raw", "huge");

    @Test
    void theOriginSeesTheSameRequests() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start()) {
            Repeated repeated = new Repeated(origin);
            List<Exchange> exchanges = repeated.exchanges().stream()
                    .filter(exchange -> !HostileExchanges.name(exchange).equals("huge"))
                    .toList();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Export.javaCode().redact(Redaction.none()).write(exchanges, out);

            call("CapturedRequests", out.toString(UTF_8), "main", (Object) new String[0]);

            for (Exchange exchange : exchanges) {
                String name = HostileExchanges.name(exchange);
                Received got = repeated.received(OTHERWISE.contains(name) ? name.replaceAll("\\W.*", "") : name);
                if (!OTHERWISE.contains(name)) {
                    Repeated.sameLine(exchange, got);
                }
                Repeated.sameBody(exchange, got);
                Repeated.fieldsAreThere(exchange, got, LEFT_OUT);
                Repeated.sameCookies(exchange, got);
            }
            assertThat(repeated.received("quotes").requestLine())
                    .isEqualTo("GET /h/quotes'it%22s%60id%60%41%25PATH%25!x%5Ey?$HOME&'a'=%22b%22 HTTP/1.1");
        }
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void literalsCompileToWhatTheyWereMadeOf(
            @ForAll @Size(200)
                    List<
                                    @StringLength(max = 60)
                                    @Chars({
                                        '"', '\\', 'u', '\n', '\r', '\t', ' ', 'a', '0', '\0', '\u00e9', '\ud83d',
                                        '\ude00'
                                    })
                                    String>
                            texts)
            throws Exception {
        List<String> all = new ArrayList<>(texts);
        all.add("x\n".repeat(30_000));
        StringBuilder source =
                new StringBuilder("public class Literals { public static String[] all() { return new String[] {\n");
        all.forEach(text -> source.append(JavaLiteral.of(text)).append(",\n"));

        Object compiled = call("Literals", source.append("}; } }").toString(), "all");

        assertThat((String[]) compiled).containsExactlyElementsOf(all);
    }

    /** Compiles a class in a folder of its own, and calls a method of it. */
    private static Object call(String name, String source, String method, Object... arguments) throws Exception {
        Path folder = Files.createTempDirectory("java-code-");
        try {
            Path file = Files.writeString(folder.resolve(name + ".java"), source);
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            String[] options = {"-encoding", "US-ASCII", "-Xlint:all", "-d", folder.toString(), file.toString()};
            int result = ToolProvider.getSystemJavaCompiler().run(null, said, said, options);
            assertThat(result).as(said.toString(UTF_8)).isZero();
            URL[] classes = {folder.toUri().toURL()};
            try (URLClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
                Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {String[].class};
                return loader.loadClass(name).getMethod(method, types).invoke(null, arguments);
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
