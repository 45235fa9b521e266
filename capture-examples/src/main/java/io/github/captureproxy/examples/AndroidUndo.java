package io.github.captureproxy.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes back what earlier runs have left on Android devices, as they noted it, and says what it did. */
final class AndroidUndo {
    private final AndroidNotes notes;
    private final Optional<Adb> adb;

    AndroidUndo(Machine machine) {
        this.notes = new AndroidNotes(machine);
        this.adb = Adb.find(machine);
    }

    /** For {@code --undo}: all of it, and what is left to do. Says so, too, where there is nothing and adb is installed. */
    List<String> all() {
        List<String> lines = new ArrayList<>();
        notes.broken()
                .forEach(file ->
                        lines.add("to do    " + file + " can't be read: see to the proxy in the settings of the "
                                + "Wi-Fi of that Android device, and delete the file"));
        List<AndroidNote> noted = notes.all();
        if (!noted.isEmpty()) {
            lines.addAll(all(noted));
        } else if (lines.isEmpty() && adb.isPresent()) {
            lines.add("There is nothing to undo on Android devices.");
        }
        return lines;
    }

    private List<String> all(List<AndroidNote> noted) {
        if (adb.isEmpty()) {
            return noted.stream()
                    .map(note -> left(note, "adb is not installed: install it, connect the device"))
                    .toList();
        }
        try {
            List<Adb.Attached> attached = adb.get().devices();
            return noted.stream().map(note -> undo(note, attached)).toList();
        } catch (UsageException e) {
            return noted.stream()
                    .map(note -> left(note, e.getMessage() + ": mend that"))
                    .toList();
        }
    }

    private String undo(AndroidNote note, List<Adb.Attached> attached) {
        if (note.run().isAnother()) {
            return "to do    Android device " + note.serial() + " is in use by a capture proxy, process "
                    + note.run().process() + ": end that, which takes all back";
        }
        return isReady(note, attached) ? undo(note) : left(note, "it isn't ready: connect and unlock it");
    }

    private String left(AndroidNote note, String why) {
        return "to do    Android device " + note.serial() + " may still have the proxy " + note.proxy() + ", and " + why
                + ", and run --undo again; if the device is gone, delete " + notes.file(note.serial());
    }

    /** For a start with {@code --android}: what is left on the devices that are ready now. */
    List<String> onReady() {
        List<AndroidNote> over =
                notes.all().stream().filter(note -> !note.run().isAnother()).toList();
        if (over.isEmpty() || adb.isEmpty()) {
            return List.of();
        }
        List<Adb.Attached> attached = adb.get().devices();
        return over.stream()
                .filter(note -> isReady(note, attached))
                .map(this::undo)
                .toList();
    }

    private static boolean isReady(AndroidNote note, List<Adb.Attached> attached) {
        return attached.stream().anyMatch(device -> device.serial().equals(note.serial()) && device.isReady());
    }

    private String undo(AndroidNote note) {
        AndroidDevice device = new AndroidDevice(adb.orElseThrow(), note.serial());
        return switch (device.takeBack(note)) {
            case DONE -> {
                notes.forget(note);
                yield "removed  proxy " + note.proxy() + " from Android device " + note.serial()
                        + (note.before().equals(AndroidNote.NONE)
                                ? ""
                                : "; it has its own again, " + PlainText.printable(note.before()));
            }
            case ANOTHER_PROXY -> {
                notes.forget(note);
                yield "removed  what was left on Android device " + note.serial()
                        + ", but for its proxy: that is another by now";
            }
            case FAILED ->
                "to do    adb -s " + note.serial() + " shell settings put global http_proxy "
                        + PlainText.printable(note.before());
        };
    }
}
