package io.github.captureproxy.examples.store;

import java.util.List;

/**
 * What a filter means to the database: between two conditions, as some can be judged only with the whole exchange.
 *
 * @param possible holds for every row that is meant, and perhaps for others
 * @param certain holds for no row but such that are meant
 */
record Condition(Sql possible, Sql certain) {
    /** One that the database can judge. */
    static Condition exactly(Sql sql) {
        return new Condition(sql, sql);
    }

    /** One that it can't. Of a tunnel it does not hold: it has no fields and no bodies. */
    static Condition unknown() {
        return new Condition(Sql.of("kind = 0"), Sql.FALSE);
    }

    boolean isExact() {
        return possible.equals(certain);
    }

    Condition not() {
        return new Condition(certain.not(), possible.not());
    }

    static Condition all(List<Condition> parts) {
        return new Condition(
                Sql.all(parts.stream().map(Condition::possible).toList()),
                Sql.all(parts.stream().map(Condition::certain).toList()));
    }

    static Condition any(List<Condition> parts) {
        return new Condition(
                Sql.any(parts.stream().map(Condition::possible).toList()),
                Sql.any(parts.stream().map(Condition::certain).toList()));
    }
}
