package io.github.captureproxy.examples.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A condition with the values of its question marks. What users type is only ever such a value.
 *
 * @param text the condition
 * @param values the values
 */
record Sql(String text, List<Object> values) {
    static final Sql TRUE = of("1");
    static final Sql FALSE = of("0");

    static Sql of(String text, Object... values) {
        return new Sql(text, List.of(values));
    }

    /** The column's value is one of these. */
    static Sql in(String column, Collection<?> values) {
        if (values.isEmpty()) {
            return FALSE;
        }
        String marks = String.join(",", values.stream().map(value -> "?").toList());
        return new Sql(column + " IN (" + marks + ")", List.copyOf(values));
    }

    Sql not() {
        return this.equals(TRUE) ? FALSE : this.equals(FALSE) ? TRUE : new Sql("NOT (" + text + ")", values);
    }

    static Sql all(List<Sql> parts) {
        return parts.contains(FALSE) ? FALSE : join(parts.stream().filter(part -> !part.equals(TRUE)), " AND ", TRUE);
    }

    static Sql any(List<Sql> parts) {
        return parts.contains(TRUE) ? TRUE : join(parts.stream().filter(part -> !part.equals(FALSE)), " OR ", FALSE);
    }

    /** Joined in halves: the database takes an expression a thousand levels deep, and five thousand terms side by side. */
    private static Sql join(Stream<Sql> parts, String operator, Sql none) {
        List<Sql> rest = parts.toList();
        if (rest.isEmpty()) {
            return none;
        }
        while (rest.size() > 1) {
            List<Sql> halved = new ArrayList<>();
            for (int i = 0; i < rest.size(); i += 2) {
                halved.add(i + 1 < rest.size() ? pair(rest.get(i), operator, rest.get(i + 1)) : rest.get(i));
            }
            rest = halved;
        }
        return rest.get(0);
    }

    private static Sql pair(Sql one, String operator, Sql two) {
        List<Object> values = new ArrayList<>(one.values);
        values.addAll(two.values);
        return new Sql("(" + one.text + operator + two.text + ")", values);
    }

    /** Binds the values from an index on, and says which is the next. */
    int bind(PreparedStatement statement, int first) throws SQLException {
        int index = first;
        for (Object value : values) {
            statement.setObject(index++, value);
        }
        return index;
    }
}
