package io.github.captureproxy.tls.internal.trust;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/** Apple's configuration profile that carries a root certificate: the form in which iPhones take one. */
public final class AppleProfile {
    private static final String TEMPLATE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
                <key>PayloadContent</key>
                <array>
                    <dict>
                        <key>PayloadCertificateFileName</key>
                        <string>ca.cer</string>
                        <key>PayloadContent</key>
                        <data>
            @DATA@
                        </data>
                        <key>PayloadDescription</key>
                        <string>Adds the certificate authority of a capture proxy.</string>
                        <key>PayloadDisplayName</key>
                        <string>@NAME@</string>
                        <key>PayloadIdentifier</key>
                        <string>io.github.captureproxy.authority.@ROOT@</string>
                        <key>PayloadType</key>
                        <string>com.apple.security.root</string>
                        <key>PayloadUUID</key>
                        <string>@ROOT@</string>
                        <key>PayloadVersion</key>
                        <integer>1</integer>
                    </dict>
                </array>
                <key>PayloadDescription</key>
                <string>After installing it, switch on full trust in Settings, General, About, Certificate Trust Settings. \
            To undo, remove this profile.</string>
                <key>PayloadDisplayName</key>
                <string>@NAME@</string>
                <key>PayloadIdentifier</key>
                <string>io.github.captureproxy.profile.@PROFILE@</string>
                <key>PayloadRemovalDisallowed</key>
                <false/>
                <key>PayloadType</key>
                <string>Configuration</string>
                <key>PayloadUUID</key>
                <string>@PROFILE@</string>
                <key>PayloadVersion</key>
                <integer>1</integer>
            </dict>
            </plist>
            """;

    private AppleProfile() {}

    /**
     * Writes a profile. The same certificate always gives the same one, so that it replaces itself on a device.
     *
     * @param certificate the root
     * @param name what the device shows
     * @return an XML property list in UTF-8
     */
    public static byte[] write(X509Certificate certificate, String name) {
        String fingerprint = CertificateDigests.fingerprint(certificate);
        byte[] der = CertificateDigests.der(certificate);
        return TEMPLATE.replace(
                        "@DATA@", Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der))
                .replace("@ROOT@", uuid("root " + fingerprint))
                .replace("@PROFILE@", uuid("profile " + fingerprint))
                .replace("@NAME@", escaped(name))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    /** Control characters have no place in XML 1.0 (section 2.2), and none in a name. */
    private static String escaped(String text) {
        return text.replaceAll("\\p{Cntrl}", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
