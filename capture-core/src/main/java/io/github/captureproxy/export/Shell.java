package io.github.captureproxy.export;

/** A shell that commands are written for. */
public enum Shell {
    /** Bash, or the Z shell. */
    BASH(new BashSyntax()),
    /** PowerShell: that of Windows (5.1), and 6 or newer. */
    POWERSHELL(new PowerShellSyntax()),
    /** The command prompt of Windows, and its {@code .cmd} files. */
    CMD(new CmdSyntax());

    private final ShellSyntax syntax;

    Shell(ShellSyntax syntax) {
        this.syntax = syntax;
    }

    ShellSyntax syntax() {
        return syntax;
    }
}
