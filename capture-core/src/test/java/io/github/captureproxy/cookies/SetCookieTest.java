package io.github.captureproxy.cookies;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.cookies.CapturedCookie.SameSite;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a response sets, and what a user agent makes of it. */
class SetCookieTest {
    private static CapturedCookie only(String url, String setCookie) {
        return only(new Captured().set(url, setCookie).cookies().cookies());
    }

    private static CapturedCookie only(List<CapturedCookie> cookies) {
        assertThat(cookies).hasSize(1);
        return cookies.get(0);
    }

    private static String refusal(String url, String setCookie) {
        CapturedCookies cookies = new Captured().set(url, setCookie).cookies();
        assertThat(cookies.cookies()).isEmpty();
        assertThat(cookies.changes()).hasSize(1);
        assertThat(cookies.changes().get(0).kind()).isEqualTo(CookieChange.Kind.REFUSED);
        return cookies.changes().get(0).detail();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id=7|id|7",
                "  id\t= 7 ; x|id|7",
                "id=a=b|id|a=b",
                "id=\"a b\"|id|\"a b\"",
                "id=|id|``",
                "alone|``|alone",
                "=alone|``|alone",
                "a,b=c|a,b|c",
            })
    void nameAndValueAreWhatStandsAroundTheFirstEqualsSign(String field, String name, String value) {
        CapturedCookie cookie = only("http://example.com/", field);

        assertThat(cookie.name()).isEqualTo(name);
        assertThat(cookie.value()).isEqualTo(value);
    }

    @Test
    void allAttributesAreTakenInAnyCaseAndTheLastOfTwoCounts() {
        CapturedCookie cookie = only(
                "https://www.example.com/a/b",
                "id=7; DOMAIN=.Example.COM; path=/x; Path=/a; secure; HTTPONLY; samesite=Strict; Priority=High");

        assertThat(cookie.domain()).isEqualTo("example.com");
        assertThat(cookie.hostOnly()).isFalse();
        assertThat(cookie.path()).isEqualTo("/a");
        assertThat(cookie.secure()).isTrue();
        assertThat(cookie.httpOnly()).isTrue();
        assertThat(cookie.sameSite()).contains(SameSite.STRICT);
        assertThat(cookie.expires()).isEmpty();
    }

    @Test
    void maxAgeGoesBeforeExpires() {
        CapturedCookie cookie = only("http://example.com/", "a=1; Max-Age=60; Expires=Wed, 09 Jun 2100 10:18:14 GMT");

        assertThat(cookie.expires()).contains(Captured.NOON.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Max-Age=", "Max-Age=1x", "Max-Age=+1", "Max-Age=-", "Max-Age=1.5", "Expires=soon"})
    void whatIsNoNumberOrDateIsPassedOver(String attribute) {
        assertThat(only("http://example.com/", "a=1; " + attribute).expires()).isEmpty();
    }

    @Test
    void aHugeAgeIsAVeryLongTime() {
        CapturedCookie cookie = only("http://example.com/", "a=1; Max-Age=99999999999999999999");

        assertThat(cookie.expires().orElseThrow()).isAfter(Captured.NOON.plus(Duration.ofDays(100_000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z",
                "Wed, 09 Jun 2021 10:18:14 GMT|2021-06-09T10:18:14Z",
                "Wed, 09-Jun-69 1:2:3|2069-06-09T01:02:03Z",
                "2021 jUNe 9th 10:18:14abc|2021-06-09T10:18:14Z",
                "9th jUNe 2021 10:18:14abc|2021-06-09T10:18:14Z",
                "Tue, 31 Feb 2021 10:18:14 GMT|",
                "Tue, 01 Feb 1600 10:18:14 GMT|",
                "Tue, 01 Feb 2021 24:18:14 GMT|",
                "Tue, 01 Feb 2021|",
                "0|",
            })
    void datesAreReadAsLenientlyAsTheRfcSays(String text, String date) {
        assertThat(CookieDate.parse(text).map(Instant::toString).orElse(null)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({"/a/b/c,/a/b", "/a,/", "/,/", "/a/,/a", "*,/"})
    void withoutAPathTheFolderOfTheRequestIsMeant(String path, String expected) {
        assertThat(Matching.defaultPath(path)).isEqualTo(expected);
    }

    @Test
    void aPathThatIsNoneIsPassedOver() {
        assertThat(only("http://example.com/a/b", "id=7; Path=x").path()).isEqualTo("/a");
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "www.example.com, example.com, true",
        "wwwexample.com, example.com, false",
        "example.com, www.example.com, false",
        "10.0.0.1, 0.0.1, false",
        "10.0.0.1, 10.0.0.1, true",
    })
    void aDomainCoversItselfAndWhatIsBelow(String host, String domain, boolean matches) {
        assertThat(Matching.domain(host, domain)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"/a,/a,true", "/a/b,/a,true", "/ab,/a,false", "/a/b,/a/,true", "/,/a,false", "/a,/,true"})
    void aPathCoversItselfAndWhatIsBelow(String request, String path, boolean matches) {
        assertThat(Matching.path(request, path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://www.example.com/|a=1; Domain=other.com|neither the host nor above",
                "http://www.example.com/|a=1; Domain=x.www.example.com|neither the host nor above",
                "http://www.example.com/|a=1; Domain=com|top-level",
                "http://10.0.0.1/|a=1; Domain=0.0.1|neither the host nor above",
                "http://example.com/|a=1; Secure|without TLS",
                "https://example.com/|__Secure-a=1|not Secure",
                "https://example.com/|__host-a=1; Secure; Path=/; Domain=example.com|__Host-",
                "https://example.com/|__Host-a=1; Secure; Path=/x|__Host-",
                "https://example.com/|=__Host-a=1; Secure; Path=/|no name",
                "http://example.com/|; Path=/|neither a name nor a value",
                "http://example.com/|a=1\u00012|control character",
            })
    void whatUserAgentsRefuseIsRefusedWithTheReason(String url, String field, String why) {
        assertThat(refusal(url, field)).contains(why);
    }

    @Test
    void whatIsTooLongIsRefusedAndNotKept() {
        Captured captured = new Captured().set("http://example.com/", "a=" + "x".repeat(4096));

        assertThat(captured.cookies().cookies()).isEmpty();
        assertThat(captured.cookies().changes().get(0).detail()).contains("4096");
        assertThat(captured.cookies().changes().get(0).cookie().value()).isEmpty();
        assertThat(only("http://example.com/", "a=" + "x".repeat(4095)).value()).hasSize(4095);
    }

    @Test
    void anAttributeThatIsTooLongIsPassedOver() {
        assertThat(only("http://example.com/", "a=1; Path=/" + "x".repeat(1024)).path())
                .isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/",
                "http://127.0.0.1/",
                "http://[::1]/",
                "http://a.localhost/",
                "http://a.localhost./"
            })
    void thisMachineIsAsGoodAsTls(String url) {
        assertThat(only(url, "a=1; Secure").secure()).isTrue();
    }

    @Test
    void aSingleLabelIsItsOwnHost() {
        CapturedCookie cookie = only("http://intranet/", "a=1; Domain=intranet");

        assertThat(cookie.hostOnly()).isTrue();
        assertThat(cookie.domain()).isEqualTo("intranet");
    }

    @Property(tries = 200)
    void nothingThatIsSentBreaksIt(@ForAll @CharRange(from = 0, to = 255) @StringLength(max = 60) String field) {
        CapturedCookies cookies =
                new Captured().set("http://a.example/", field, "a=1; " + field).cookies();

        assertThat(cookies.changes()).hasSize(2);
        assertThat(cookies.toString()).isEqualTo(cookies.cookies().size() + " cookies, 2 changes, 0 sent");
    }

    @Property(tries = 200)
    void whatIsSetIsWhatIsSentBack(
            @ForAll @CharRange(from = '!', to = ':') @StringLength(min = 1, max = 20) String name,
            @ForAll @CharRange(from = '!', to = ':') @StringLength(max = 20) String value) {
        Captured captured = new Captured().set("http://a.example/x/y", name + "=" + value + "; Max-Age=9");
        String field = captured.cookies().cookiesFor(URI.create("http://a.example/x/z"), Captured.NOON).stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .findFirst()
                .orElseThrow();

        captured.send("http://a.example/x/z", field);

        assertThat(field).isEqualTo(name + "=" + value);
        assertThat(captured.cookies().sent()).hasSize(1);
        assertThat(captured.cookies().changes()).hasSize(1); // no news in what was sent
    }
}
