package io.github.captureproxy.export;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names under which secrets travel as a rule. Single-use OAuth codes ({@code code}, {@code state}) and {@code key} are
 * not among them, as these names mean something harmless far more often: add them where that is not so.
 */
final class SecretNames {
    private static final List<String> OF_FIELDS = List.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "cookie2",
            "set-cookie2",
            "authentication-info",
            "proxy-authentication-info",
            "x-auth",
            "x-authorization",
            "x-authentication-token",
            "x-forwarded-authorization",
            "x-api-key",
            "api-key",
            "apikey",
            "x-auth-token",
            "x-auth-key",
            "x-access-token",
            "x-id-token",
            "x-refresh-token",
            "x-session-token",
            "x-session-id",
            "x-user-token",
            "x-csrf-token",
            "x-xsrf-token",
            "x-amz-security-token",
            "x-goog-api-key",
            "x-goog-iam-authorization-token",
            "x-amzn-oidc-accesstoken",
            "x-amzn-oidc-data",
            "x-ms-token-aad-access-token",
            "x-ms-token-aad-id-token",
            "x-functions-key",
            "ocp-apim-subscription-key",
            "x-vault-token",
            "x-consul-token",
            "x-gitlab-token",
            "private-token",
            "job-token",
            "x-github-token",
            "x-shopify-access-token",
            "x-figma-token",
            "x-aws-ec2-metadata-token",
            "dpop");

    /** In forms and queries alike, and in JSON. */
    static final List<String> FIELDS = List.of(
            "password",
            "passwd",
            "pwd",
            "pass",
            "passphrase",
            "passcode",
            "old_password",
            "new_password",
            "current_password",
            "confirm_password",
            "password_confirmation",
            "user_password",
            "secret",
            "client_secret",
            "app_secret",
            "consumer_secret",
            "shared_secret",
            "secret_key",
            "secret_access_key",
            "aws_secret_access_key",
            "token",
            "access_token",
            "refresh_token",
            "id_token",
            "auth_token",
            "bearer_token",
            "session_token",
            "security_token",
            "device_token",
            "csrf_token",
            "xsrf_token",
            "oauth_token",
            "oauth_token_secret",
            "id_token_hint",
            "login_ticket",
            "jwt",
            "api_key",
            "x_api_key",
            "api_secret",
            "api_token",
            "private_key",
            "access_key",
            "encryption_key",
            "signing_key",
            "subscription_key",
            "authorization",
            "credential",
            "credentials",
            "client_assertion",
            "assertion",
            "SAMLResponse",
            "SAMLRequest",
            "code_verifier",
            "device_code",
            "session_id",
            "sessid",
            "jsessionid",
            "phpsessid",
            "otp",
            "totp",
            "mfa_code",
            "pin_code",
            "card_number",
            "cvv",
            "cvc");

    private static final List<String> OF_QUERIES = List.of(
            "sig",
            "signature",
            "x-amz-signature",
            "x-amz-credential",
            "x-amz-security-token",
            "x-goog-signature",
            "x-goog-credential",
            "awsaccesskeyid",
            "oauth_signature");

    static final List<String> PARAMETERS = concat(FIELDS, OF_QUERIES);

    /** Those of header fields, and what is a secret elsewhere, with the {@code X-} of own fields and without. */
    static final List<String> HEADERS = concat(
            OF_FIELDS, concat(FIELDS, FIELDS.stream().map(name -> "x-" + name).toList()));

    private SecretNames() {}

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The names as they are compared. */
    static Set<String> normal(Collection<String> names) {
        Set<String> normal = new TreeSet<>();
        names.forEach(name -> normal.add(NameSet.normal(name)));
        return normal;
    }
}
