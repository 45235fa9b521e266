package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program has the decoders that the library takes where they are. */
class DecodersTest {
    @ParameterizedTest
    @CsvSource({
        "br,GxYA+I2Ubt5EVYaWbCBvIU8c4Dg=",
        "zstd,KLUv/QRYZQAAMGhlbGxvIAEAmUsRF16uDQ==",
        "gzip,H4sIAAAAAAACA8tIzcnJV8hAJwHjUT2NFwAAAA=="
    })
    void aCodedBodyIsText(String coding, String coded) {
        byte[] bytes = Base64.getDecoder().decode(coded);
        HeaderList headers = HeaderList.of("Content-Type", "text/plain", "Content-Encoding", coding);

        assertThat(CapturedBody.of(bytes, headers).text()).isEqualTo("hello hello hello hello");
    }
}
