package io.github.captureproxy.export;

/** A shell that commands are written for. */
public enum Shell {
    /** Bash, or the Z shell. */
    BASH,
    /** PowerShell: that of Windows (5.1), and 6 or newer. */
    POWERSHELL,
    /** The command prompt of Windows, and its {@code .cmd} files. */
    CMD;

    ShellSyntax syntax() {
        return switch (this) {
            case BASH -> new BashSyntax();
            case POWERSHELL -> new PowerShellSyntax();
            case CMD -> new CmdSyntax();
        };
    }
}
