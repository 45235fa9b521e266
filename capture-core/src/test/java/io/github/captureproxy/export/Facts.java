package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that an exchange tells, by the accessors that it has: one that is added is looked at too. */
public final class Facts {
    private static final Set<Class<?>> TAKEN_APART =
            Set.of(Exchange.class, CapturedRequest.class, CapturedResponse.class, CapturedBody.class);

    /** What is made of other facts, or says how they are held. */
    private static final Set<String> NO_FACTS = Set.of(
            "getClass",
            "hashCode",
            "toString",
            "toBuilder",
            "notify",
            "notifyAll",
            "wait",
            "source",
            "open",
            "decoded",
            "text",
            "charset",
            "form",
            "multipart",
            "memoryBytes",
            "grpc",
            "summary");

    private Facts() {}

    public static Map<String, Object> of(Object value) {
        Map<String, Object> facts = new TreeMap<>();
        collect("", value, facts);
        return facts;
    }

    private static void collect(String path, Object value, Map<String, Object> facts) {
        Object bare = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (bare == null || !TAKEN_APART.contains(bare.getClass())) {
            facts.put(path, bare instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(bare) + hash(bare));
            return;
        }
        for (Method method : bare.getClass().getMethods()) {
            boolean accessor = method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers());
            if (accessor && !NO_FACTS.contains(method.getName())) {
                collect(path + "/" + method.getName(), call(method, bare), facts);
            }
        }
    }

    /** Equal values have equal ones; catches what a string form leaves out. */
    private static String hash(Object value) {
        return value == null || value instanceof Enum ? "" : "#" + value.hashCode();
    }

    private static Object call(Method method, Object on) {
        try {
            return method.invoke(on);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method.toString(), e);
        }
    }
}
