package dev.latchkey.authority.oauth;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The APIs a token request names with {@code resource} (RFC 8707) or {@code audience} (RFC 8693). */
final class Targets {
    private final Site site;

    Targets(Site site) {
        this.site = site;
    }

    /** The {@code aud} claim they make; empty if the request names none. Entra knows neither parameter. */
    Map<String, Object> audience(TokenCall call) throws OAuthException {
        List<String> audiences = new ArrayList<>();
        for (ApiResource api : apis(call)) {
            audiences.add(api.audience());
        }
        return audiences.isEmpty() ? Map.of() : Map.of("aud", audiences.size() == 1 ? audiences.get(0) : audiences);
    }

    List<ApiResource> apis(TokenCall call) throws OAuthException {
        if (call.realm().personality().isEntra()) {
            return List.of();
        }
        List<String> targets = new ArrayList<>(call.form().all("resource"));
        targets.addAll(call.form().all("audience"));
        List<ApiResource> apis = new ArrayList<>();
        for (String target : targets) {
            apis.add(site.directory()
                    .apiOf(target)
                    .orElseThrow(() ->
                            Problem.TARGET_UNKNOWN.because("the target " + target + " is not registered; registered: "
                                    + site.directory().apis().stream()
                                            .map(ApiResource::identifier)
                                            .toList())));
        }
        return apis;
    }
}
