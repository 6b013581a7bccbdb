package dev.latchkey.authority.person;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One visit: from page to page until the client's address, an end page, or the person leaves. */
final class FormNavigator {
    private static final int MAX_STEPS = 25;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HEADING = Pattern.compile("<h1>([^<]*)</h1>");

    private final PersonScript script;
    private final CookieHttpClient http;
    private final List<String> pages = new ArrayList<>();
    private int wrongPasswordsLeft;
    private boolean triedRightPassword;
    // A second page says that the code was wrong; typing it again would not help.
    private int userCodesLeft = 1;

    FormNavigator(PersonScript script, CookieHttpClient http) {
        this.script = script;
        this.http = http;
        this.wrongPasswordsLeft = script.wrongPasswords();
    }

    Visit to(URI start, boolean delivering) {
        HttpResponse<String> response = http.get(start);
        for (int step = 0; step < MAX_STEPS; step++) {
            if (response.statusCode() / 100 == 3) {
                URI target = response.uri()
                        .resolve(response.headers().firstValue("location").orElse(""));
                if (!isSameOrigin(start, target)) {
                    return arrive(target, delivering, response.statusCode());
                }
                response = http.get(target);
                continue;
            }
            List<HtmlForm> forms = HtmlForm.in(response.body());
            pages.add(nameOf(response.body(), forms));
            HtmlForm answer = forms.isEmpty() ? null : answer(forms);
            if (answer == null) {
                return new Visit(pages, Optional.empty(), Map.of(), response.statusCode());
            }
            URI target = response.uri().resolve(answer.action());
            if (!isSameOrigin(start, target)) {
                return arriveByPost(target, answer.values(), delivering, response.statusCode());
            }
            response = http.post(target, answer.values());
        }
        throw new IllegalStateException("the authority shows page after page: " + pages);
    }

    /** The form this person sends; null if they walk away. */
    private @Nullable HtmlForm answer(List<HtmlForm> forms) {
        String page = forms.get(0).page();
        if (script.walksAway() && !page.equals("form-post")) {
            return null;
        }
        return switch (page) {
            case "sign-up", "reset-password", "edit-profile" -> details(forms.get(0));
            case "user-code" -> userCode(forms.get(0));
            case "sign-in" -> signIn(forms.get(0));
            case "account", "other-account" -> account(forms);
            case "consent" -> consent(forms.get(0));
            case "form-post", "sign-out" -> forms.get(0);
            default -> throw new IllegalStateException("a page nobody told this person about: " + page);
        };
    }

    private @Nullable HtmlForm userCode(HtmlForm form) {
        if (userCodesLeft-- <= 0) {
            return null;
        }
        return form.type("user_code", script.userCode()).press("action", "continue");
    }

    private HtmlForm details(HtmlForm form) {
        if (script.selfService().button().equals("cancel")) {
            return form.press("action", "cancel");
        }
        Map<String, String> answers = Map.of(
                "username", script.userName(),
                "password", script.password(),
                "display_name", script.selfService().displayName());
        answers.forEach((field, text) -> {
            if (form.values().containsKey(field)) {
                form.type(field, text);
            }
        });
        return form.press("action", form.page());
    }

    /** Whose right password is not good enough gives up. */
    private @Nullable HtmlForm signIn(HtmlForm form) {
        String button = script.selfService().button();
        if (!button.isEmpty()) {
            return form.press("action", button);
        }
        if (triedRightPassword) {
            return null;
        }
        triedRightPassword = wrongPasswordsLeft-- <= 0;
        return form.type("username", script.userName())
                .type("password", triedRightPassword ? script.password() : "not " + script.password())
                .press("action", "sign-in");
    }

    private HtmlForm account(List<HtmlForm> forms) {
        Optional<HtmlForm> mine = forms.stream()
                .filter(form -> form.attribute("data-account")
                        .filter(script.userName()::equalsIgnoreCase)
                        .isPresent())
                .findFirst();
        if (mine.isPresent()) {
            return mine.get().press("action", "account");
        }
        return forms.get(forms.size() - 1).press("action", "other-account");
    }

    private @Nullable HtmlForm consent(HtmlForm form) {
        return switch (script.atConsent()) {
            case ALLOW -> form.press("action", "allow");
            case REFUSE -> form.press("action", "refuse");
            case WALK_AWAY -> null;
        };
    }

    private Visit arrive(URI target, boolean delivering, int status) {
        if (delivering && isLoopback(target)) {
            http.get(target);
        }
        String fragment = target.getRawFragment();
        String parameters = fragment != null ? fragment : target.getRawQuery();
        return new Visit(pages, Optional.of(target), decode(parameters == null ? "" : parameters), status);
    }

    private Visit arriveByPost(URI target, Map<String, String> answer, boolean delivering, int status) {
        if (delivering && isLoopback(target)) {
            http.post(target, answer);
        }
        return new Visit(pages, Optional.of(target), answer, status);
    }

    private static String nameOf(String html, List<HtmlForm> forms) {
        Matcher heading = HEADING.matcher(html);
        String fallback = heading.find() ? heading.group(1) : "";
        return forms.isEmpty() ? fallback : forms.get(0).page();
    }

    private static boolean isSameOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && a.getRawAuthority().equalsIgnoreCase(String.valueOf(b.getRawAuthority()));
    }

    private static boolean isLoopback(URI uri) {
        return uri.getScheme().equalsIgnoreCase("http") && LOOPBACK.contains(String.valueOf(uri.getHost()));
    }

    private static Map<String, String> decode(String parameters) {
        Map<String, String> decoded = new LinkedHashMap<>();
        for (String pair : parameters.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                decoded.put(decodeOne(parts[0]), decodeOne(parts[1]));
            }
        }
        return decoded;
    }

    private static String decodeOne(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
