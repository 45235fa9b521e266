package io.github.captureproxy.assertj;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import java.util.List;

/** Says in which parts of a filter an exchange differs. */
final class FilterMisses {
    private FilterMisses() {}

    static String of(ExchangeFilter filter, Exchange exchange) {
        List<String> misses = filter.parts().stream()
                .filter(part -> !holds(part, exchange))
                .map(FilterMisses::words)
                .toList();
        return "it is not so that " + String.join("; ", misses);
    }

    private static boolean holds(ExchangeFilter part, Exchange exchange) {
        try {
            return part.matches(exchange);
        } catch (RuntimeException e) { // It counts on the parts before it, of which one does not hold.
            return false;
        }
    }

    private static String words(ExchangeFilter part) {
        return part.getClass().isHidden() ? "the filter of your own holds" : part.toString();
    }
}
