package dev.latchkey.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;

/** One signed-in person with tokens of the sizes that Entra ID gives out; the same for every library. */
final class Person {
    static final String CLIENT = "6731de76-14a6-49ae-97bc-6eba6914391e";
    static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    static final String HOST = "login.microsoftonline.com";
    static final String CACHE_HOST = "login.windows.net";
    static final String AUTHORITY = "https://" + HOST + "/" + TENANT;
    static final String[] SCOPES = {
        "https://graph.example.com/User.Read", "https://mail.example.com/Mail.Read", "api://orders/Orders.Read"
    };

    /** What was granted with each: more than a request names, as authorities do. */
    static final String[] GRANTED = {
        "openid profile email https://graph.example.com/Files.Read " + SCOPES[0]
                + " https://graph.example.com/.default",
        "openid profile email https://mail.example.com/Mail.Send " + SCOPES[1],
        "api://orders/Orders.Write " + SCOPES[2]
    };

    static final int ACCESS_TOKEN_LENGTH = 1738;
    static final int REFRESH_TOKEN_LENGTH = 1001;
    static final int ID_TOKEN_LENGTH = 1128;

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);

    private final int number;

    Person(int number) {
        this.number = number;
    }

    String uid() {
        return String.format("00000000-0000-4000-8000-%012d", number);
    }

    String homeAccountId() {
        return uid() + "." + TENANT;
    }

    String username() {
        return "person" + number + "@example.com";
    }

    String subject() {
        return "subject-of-" + number;
    }

    String clientInfo() {
        return base64("{\"uid\":\"" + uid() + "\",\"utid\":\"" + TENANT + "\"}");
    }

    String accessToken(int which) {
        return text("a" + which + ".", which, ACCESS_TOKEN_LENGTH);
    }

    String refreshToken() {
        return text("r.", 3, REFRESH_TOKEN_LENGTH);
    }

    /** Not signed: cached ID tokens were verified before they were stored. */
    String idToken() {
        String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"benchmark\"}") + "."
                + base64("{\"iss\":\"https://" + HOST + "/" + TENANT + "/v2.0\",\"aud\":\"" + CLIENT + "\",\"sub\":\""
                        + subject() + "\",\"oid\":\"" + uid() + "\",\"tid\":\"" + TENANT
                        + "\",\"preferred_username\":\"" + username() + "\",\"name\":\"Person " + number
                        + "\",\"ver\":\"2.0\",\"iat\":1700000000,\"exp\":1700003600}")
                + ".";
        return text(signed, 4, ID_TOKEN_LENGTH);
    }

    private String text(String start, int which, int length) {
        byte[] text = new byte[length];
        byte[] given = start.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(given, 0, text, 0, given.length);
        SplittableRandom random = new SplittableRandom(number * 8L + which);
        long bits = 0;
        for (int i = given.length; i < length; i++) {
            bits = (i - given.length) % 10 == 0 ? random.nextLong() : bits >>> 6;
            text[i] = ALPHABET[(int) (bits & 63)];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
