package io.github.captureproxy.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the command line says about keeping what is captured in a file, and about a command to capture. */
final class RecordOptions {
    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Write what is listed to this file as well: .har, .postman_collection.json, or .jsonl and "
                    + ".ndjson, which are added to. Secrets are redacted.")
    @Nullable
    Path file;

    @Option(
            names = "--format",
            paramLabel = "har|postman|jsonl",
            description = "What to write, whatever the file is called.")
    @Nullable
    String format;

    @Option(names = "--replace", description = "Write over the file of --record, if there is one.")
    boolean replace;

    @Option(names = "--with-secrets", description = "Write passwords, tokens and cookies as they are.")
    boolean withSecrets;

    @Option(
            names = "--then",
            arity = "1..*",
            paramLabel = "COMMAND",
            parameterConsumer = AllTheRest.class,
            description = "Run this command, with all words that follow, in an environment that sends it through the "
                    + "proxy, and end with its exit code. Must be the last option. The list goes to standard error, "
                    + "or nowhere with --record; the port is a free one unless --port is given.")
    List<String> command = new ArrayList<>();

    /** Whether a command is run. */
    boolean hasCommand() {
        return !command.isEmpty();
    }

    /** Refuses options that only have a meaning with {@code --record}. */
    void check() {
        if (file == null) {
            DependentOptions.refuse(given(), "--record");
        }
    }

    private Map<String, Boolean> given() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--format", format != null);
        given.put("--replace", replace);
        given.put("--with-secrets", withSecrets);
        return given;
    }

    /** A command has options of its own, which are none of this program's. */
    static final class AllTheRest implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec spec) {
            List<String> command = new ArrayList<>();
            while (!words.isEmpty()) {
                command.add(words.pop());
            }
            if (command.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--then: give a command behind it, such as --then curl http://example.com/");
            }
            option.setValue(command);
        }
    }
}
