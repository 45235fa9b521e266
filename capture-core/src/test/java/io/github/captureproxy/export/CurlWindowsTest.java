package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands for shells that are not here, read by their documented rules. */
class CurlWindowsTest {
    private static final CmdSyntax CMD = new CmdSyntax();
    private static final PowerShellSyntax POWERSHELL = new PowerShellSyntax();
    private static final HttpOrigin ORIGIN = new HttpOrigin("http", "example.com", 80);

    @Property(tries = 400)
    void thePromptReadsEachArgument(
            @ForAll @CharRange(from = ' ', to = '~') @Chars({'"', '\\', '%', '^', '&'}) @StringLength(max = 30)
                    String text,
            @ForAll boolean file) {
        String quoted = CMD.quote(text.getBytes(US_ASCII));

        List<String> lines = new CommandPrompt(file).run(CMD.setUp(List.of(quoted)) + "curl " + quoted + " -x");

        assertThat(lines).hasSize(1);
        assertThat(WindowsProgram.arguments(lines.get(0))).containsExactly("curl", text, "-x");
    }

    @Property(tries = 400)
    void powerShellHandsOnEachArgument(
            @ForAll @CharRange(from = ' ', to = '~') @Chars({'"', '\\', '\'', '\n', '\u2019'}) @StringLength(max = 30)
                    String text) {
        List<String> words = PowerShell.words("curl.exe " + POWERSHELL.quote(text.getBytes(UTF_8)) + " -x");

        assertThat(WindowsProgram.arguments(PowerShell.commandLine(words))).containsExactly("curl.exe", text, "-x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePromptRunsTheSameRequests(boolean file) throws IOException {
        for (Exchange exchange : HostileExchanges.repeatable(ORIGIN)) {
            List<String> lines = new CommandPrompt(file)
                    .run(Export.curl(Shell.CMD).redact(Redaction.none()).text(exchange));

            StringBuilder fed = new StringBuilder();
            List<String> arguments = new ArrayList<>();
            for (String line : lines) {
                if (line.startsWith(">> ")) {
                    fed.append(line.substring(line.indexOf(" echo ") + 6));
                } else if (line.startsWith("curl ")) {
                    arguments.addAll(WindowsProgram.arguments(line));
                }
            }
            check(exchange, arguments, fed.toString(), "@T:\\request-body.bin");
        }
    }

    @Test
    void powerShellRunsTheSameRequests() throws IOException {
        Pattern feeding = Pattern.compile("FromBase64String\\(@'\\n([A-Za-z0-9+/=\\n]*)'@\\)\\)");
        for (Exchange exchange : HostileExchanges.repeatable(ORIGIN)) {
            String script =
                    Export.curl(Shell.POWERSHELL).redact(Redaction.none()).text(exchange);

            Matcher fed = feeding.matcher(script);
            String body = fed.find() ? fed.group(1).replace("\n", "") : "";
            String command = script.substring(script.indexOf("curl.exe")).replace("\nRemove-Item $body\n", "");
            List<String> words = PowerShell.words(command.stripTrailing());
            check(exchange, WindowsProgram.arguments(PowerShell.commandLine(words)), body, "@$body");
            assertThat(script.startsWith("$PSNativeCommandArgumentPassing")
                            || !command.contains("\\\"")
                            || script.contains("\n$PSNativeCommandArgumentPassing"))
                    .isTrue();
        }
    }

    /** The same arguments as for any shell, and the same bytes. */
    private static void check(Exchange exchange, List<String> arguments, String fed, String place) throws IOException {
        List<String> expected = new ArrayList<>();
        expected.add(arguments.get(0));
        for (CurlOptions.Option option : CurlOptions.of(exchange.request())) {
            Optional<String> flag = Optional.of(option.flag()).filter(known -> !known.isEmpty());
            flag.ifPresent(expected::add);
            option.value()
                    .map(value -> new String(WireText.bytes(value), UTF_8))
                    .ifPresent(expected::add);
        }
        byte[] body = exchange.request().body().bytes();
        List<String> data = arguments.subList(expected.size(), arguments.size());
        assertThat(arguments.subList(0, expected.size())).isEqualTo(expected);
        if (!CurlOptions.sendsBody(exchange.request())) {
            assertThat(data).isEmpty();
        } else if (data.get(0).equals("--data-raw")) {
            assertThat(data.get(1).getBytes(US_ASCII)).isEqualTo(body);
        } else {
            assertThat(data).containsExactly("--data-binary", place);
            assertThat(Base64.getDecoder().decode(fed)).isEqualTo(body);
        }
    }
}
