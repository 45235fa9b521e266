package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldsTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void knowsItsNamesInAnyCase(FieldName name) throws MalformedMessageException {
        String lower = name.lowerCase();
        Fields fields = Wire.fields("A: b", lower + ": 1", "C: d", lower.toUpperCase(Locale.ROOT) + ": 2");
        assertThat(fields.indexOf(name)).isEqualTo(1);
        assertThat(fields.indexOf(name, 2)).isEqualTo(3);
        assertThat(fields.indexOf(name, 4)).isEqualTo(-1);
        assertThat(fields.known(3)).isEqualTo(name);
        assertThat(fields.has(name)).isTrue();
        assertThat(lower).isEqualTo(name.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void takesNoOtherNameForAKnownOne(FieldName name) throws MalformedMessageException {
        String lower = name.lowerCase();
        Fields fields = Wire.fields(
                lower + "x: 1",
                lower.substring(0, lower.length() - 1) + "_: 2",
                "x" + lower.substring(1) + "x: 3",
                "xyz-" + lower + ": 4");
        assertThat(fields.has(name)).isFalse();
        assertThat(fields.indexOf(name)).isEqualTo(-1);
        assertThat(fields.known(0)).isEqualTo(FieldName.OTHER);
    }

    @Test
    void refusesLinesThatAreNotThere() throws MalformedMessageException {
        Fields fields = Wire.fields("A: b");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> fields.name(1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> fields.lineEnd(1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> Fields.NONE.value(0));
    }

    @Test
    void comparesValuesWithoutRegardToCase() throws MalformedMessageException {
        Fields fields = Wire.fields("A:  ChunkeD ");
        assertThat(fields.valueEquals(0, "chunked")).isTrue();
        assertThat(fields.valueEquals(0, "chunke")).isFalse();
    }
}
