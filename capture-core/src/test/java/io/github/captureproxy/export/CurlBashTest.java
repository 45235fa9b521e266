package io.github.captureproxy.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bash and curl themselves run what is written for them. */
class CurlBashTest {
    @TempDir
    private Path folder;

    @Test
    void theOriginSeesTheSameRequests() throws Exception {
        check(Export.curl(Shell.BASH).redact(Redaction.none()));
    }

    @Test
    void theOriginSeesTheSameBodiesOutOfFiles() throws Exception {
        List<Exchange> exchanges =
                check(Export.curl(Shell.BASH).redact(Redaction.none()).bodiesIn(folder));

        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.bin")) {
            for (Path file : files) {
                names.add(file.getFileName().toString().replaceFirst("-[0-9]+\\.bin", ""));
                assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                "binary", "here-document", "nul", "large", "huge", "gzip")
                        .map(name -> "request-"
                                + HostileExchanges.named(name, exchanges).id())
                        .toList());
    }

    private List<Exchange> check(CurlFormat format) throws Exception {
        assumeTrue(
                OtherProgram.isInstalled("bash") && OtherProgram.isInstalled("curl"), "bash or curl is not installed");
        try (RecordingOrigin origin = RecordingOrigin.start()) {
            Repeated repeated = new Repeated(origin);
            Path script = folder.resolve("requests.sh");
            format.write(repeated.exchanges(), script);

            OtherProgram.run(List.of("bash", script.toString()));

            repeated.checkByCurl();
            return repeated.exchanges();
        }
    }
}
