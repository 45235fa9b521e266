package io.github.captureproxy.examples.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodeTest {
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void hasFortyBitsInCharactersThatLookUnlikeEachOther() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String text = EntryCode.random(new SecureRandom(), NOW).text();
            assertThat(text).matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");
            text.chars().forEach(seen::add);
        }
        assertThat(seen).hasSize(32 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A0B1-7XYZ", "a0b17xyz", " aOb1 7xyz ", "A-0-B-l-7XYZ", "AoBi 7xyz"})
    void isTakenHoweverItIsTyped(String typed) {
        assertThat(new EntryCode("A0B1-7XYZ", NOW).matches(typed)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "A0B1-7XY", "A0B1-7XYZZ", "A0B1-7XY0", "A0B1-7XY\u00dc", "A0B1-7XYU"})
    void isNotAnythingElse(String typed) {
        assertThat(new EntryCode("A0B1-7XYZ", NOW).matches(typed)).isFalse();
    }

    @Test
    void isNotLookedForInWhatIsTooLong() {
        assertThat(EntryCode.normalized("A0B17XYZ" + " ".repeat(100))).isEmpty();
    }

    @Test
    void endsAfterItsLifetime() {
        EntryCode code = EntryCode.random(new SecureRandom(), NOW);
        assertThat(code.isOver(NOW.plus(EntryCode.LIFETIME).minusMillis(1))).isFalse();
        assertThat(code.isOver(NOW.plus(EntryCode.LIFETIME))).isTrue();
    }
}
