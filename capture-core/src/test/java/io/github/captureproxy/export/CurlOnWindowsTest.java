package io.github.captureproxy.export;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.testkit.RecordingOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shells of Windows and curl themselves run what is written for them; {@link CurlWindowsTest} goes by their rules. */
class CurlOnWindowsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "CMD, requests.cmd, cmd.exe /d /c",
        "POWERSHELL, requests.ps1, powershell.exe -NoProfile -ExecutionPolicy Bypass -File",
        "POWERSHELL, requests.ps1, pwsh.exe -NoProfile -ExecutionPolicy Bypass -File",
    })
    void theOriginSeesTheSameRequests(Shell shell, String name, String command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        assumeTrue(
                OtherProgram.isInstalled(words.get(0)) && OtherProgram.isInstalled("curl.exe"),
                words.get(0) + " or curl.exe is not installed");
        try (RecordingOrigin origin = RecordingOrigin.start()) {
            Repeated repeated = new Repeated(origin);
            Path script = folder.resolve(name);
            Export.curl(shell).redact(Redaction.none()).write(repeated.exchanges(), script);

            words.add(script.toString());
            OtherProgram.run(words);

            repeated.checkByCurl();
        }
    }
}
