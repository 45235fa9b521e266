package io.github.captureproxy.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting that was changed and is to be put back.
 *
 * @param setting which one
 * @param before what it was
 * @param during what it was made
 */
record JvmChange<T>(
        JvmSetting<T> setting, @Nullable T before, @Nullable T during) {
    static <T> JvmChange<T> make(JvmSetting<T> setting, @Nullable T value) {
        JvmChange<T> change = new JvmChange<>(setting, setting.get(), value);
        setting.set(value);
        return change;
    }

    /** Puts it back, unless somebody else has changed it meanwhile: then it is theirs, and this is false. */
    boolean undo() {
        boolean ours = Objects.equals(setting.get(), during);
        if (ours) {
            setting.set(before);
        }
        return ours;
    }
}
