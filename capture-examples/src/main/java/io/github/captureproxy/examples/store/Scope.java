package io.github.captureproxy.examples.store;

import java.util.List;
import java.util.function.Predicate;

/**
 * The rows that sums are made of.
 *
 * @param where the condition
 * @param tests what the database asks back
 */
record Scope(Sql where, List<Predicate<String>> tests) {
    /** Where the database cannot judge the query, its rows are named one by one. */
    static Scope of(Plan plan, Results results, RowQuery query) {
        return plan.condition().isExact()
                ? new Scope(plan.condition().possible(), plan.tests())
                : new Scope(
                        Sql.of(
                                "id IN (SELECT value FROM json_each(?))",
                                Results.json(results.findAll(query.sorted(Sort.TIME, false))
                                        .ids())),
                        List.of());
    }
}
