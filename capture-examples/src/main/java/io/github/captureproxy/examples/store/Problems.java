package io.github.captureproxy.examples.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Why the database can't be written, in words for a person. */
final class Problems {
    private static final int PRIMARY_CODE = 0xff;

    private Problems() {}

    static String words(@Nullable Throwable e) {
        if (!(e instanceof SQLException failure)) {
            return "the history cannot be written: " + e;
        }
        return switch (code(failure)) {
            case SQLITE_FULL -> "the disk is full: free some space, and recording goes on";
            case SQLITE_IOERR ->
                "the disk cannot be written (" + failure.getMessage() + "): check it, and recording goes on";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                "the history's file may not be written: check who owns it, and recording goes on";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "the history's file is damaged: end the program, move the file away, and a new one is made";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program keeps the history's file locked: end that";
            default -> "the history cannot be written: " + failure.getMessage();
        };
    }

    /** Why it can't be opened, and what to do before the program is started again. */
    static String whenOpened(SQLException e) {
        return switch (code(e)) {
            case SQLITE_FULL -> "the disk is full: free some space";
            case SQLITE_IOERR -> "the disk fails (" + e.getMessage() + "): check it, and whether it is full";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                "its file can't be opened or written: check who owns it and its folder";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program keeps its file locked: end that";
            default -> e.getMessage() + "; move it away, and a new one is made";
        };
    }

    static boolean isDiskFull(Throwable e) {
        return code(e) == SQLiteErrorCode.SQLITE_FULL;
    }

    private static SQLiteErrorCode code(Throwable e) {
        return e instanceof SQLiteException known
                ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & PRIMARY_CODE)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
