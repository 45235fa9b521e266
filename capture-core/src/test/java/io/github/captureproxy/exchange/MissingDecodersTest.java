package io.github.captureproxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingDecodersTest {
    @ParameterizedTest
    @CsvSource({"br,org.brotli:dec", "zstd,io.airlift:aircompressor"})
    void aMissingDecoderIsNamedAndHarmsNothingElse(String coding, String dependency) throws Exception {
        try (URLClassLoader without = withoutDecoders()) {
            assertThat(decode(without, coding, CodedBodies.BROTLI))
                    .isInstanceOf(RuntimeException.class)
                    .asString()
                    .contains(
                            "ContentDecodingException",
                            "content coding " + coding + ":",
                            "add " + dependency,
                            "bytes()");
            assertThat(decode(without, "gzip", CodedBodies.gzip(CodedBodies.BROTLI_TEXT)))
                    .isEqualTo(CodedBodies.BROTLI_TEXT);
        }
    }

    /** The class path as it is, but for the decoders. */
    private static URLClassLoader withoutDecoders() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!element.contains("aircompressor") && !element.contains("brotli")) {
                URI uri = Path.of(element).toUri();
                urls.add(uri.toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static Object decode(ClassLoader loader, String coding, byte[] bytes) throws Exception {
        Class<?> headers = loader.loadClass(HeaderList.class.getName());
        Class<?> body = loader.loadClass(CapturedBody.class.getName());
        Object fields = headers.getMethod("of", String[].class)
                .invoke(null, (Object) new String[] {"content-encoding", coding});
        Object captured = body.getMethod("of", byte[].class, headers).invoke(null, bytes, fields);
        try {
            return body.getMethod("decoded").invoke(captured);
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }
}
