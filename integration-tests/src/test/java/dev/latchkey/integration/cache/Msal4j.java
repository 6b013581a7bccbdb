package dev.latchkey.integration.cache;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.latchkey.core.json.Json;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** msal4j without network access. */
final class Msal4j {
    private static final String CLOUDS = Json.write(Map.of(
            "tenant_discovery_endpoint",
            "https://login.microsoftonline.com/common/.well-known/openid-configuration",
            "api-version",
            "1.1",
            "metadata",
            List.of(Map.of(
                    "preferred_network",
                    EntraTokens.HOST,
                    "preferred_cache",
                    EntraTokens.CACHE_HOST,
                    "aliases",
                    List.of(EntraTokens.HOST, EntraTokens.CACHE_HOST, "sts.windows.net")))));

    private final PublicClientApplication application;

    private Msal4j(String clientId, String tenant, IHttpClient http) {
        try {
            this.application = PublicClientApplication.builder(clientId)
                    .authority("https://" + EntraTokens.HOST + "/" + tenant)
                    .aadInstanceDiscoveryResponse(CLOUDS)
                    .httpClient(http)
                    .executorService(java.util.concurrent.ForkJoinPool.commonPool())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Fails on any request. */
    static Msal4j offline(String clientId, String cache) {
        Msal4j msal = new Msal4j(clientId, EntraTokens.HOME, request -> {
            throw new AssertionError("asked the network: " + request.url());
        });
        msal.application.tokenCache().deserialize(cache);
        return msal;
    }

    /** The token endpoint returns the function's result for the form. */
    static Msal4j answeredBy(String clientId, Function<String, Map<String, Object>> endpoint) {
        return new Msal4j(clientId, EntraTokens.HOME, request -> answer(request, endpoint));
    }

    PublicClientApplication application() {
        return application;
    }

    Set<IAccount> accounts() throws Exception {
        return get(application.getAccounts());
    }

    String silent(String... scopes) throws Exception {
        return silentIn(EntraTokens.HOME, scopes);
    }

    String silentIn(String tenant, String... scopes) throws Exception {
        IAccount account = accounts().iterator().next();
        SilentParameters parameters = SilentParameters.builder(Set.of(scopes), account)
                .authorityUrl("https://" + EntraTokens.HOST + "/" + tenant)
                .build();
        return get(application.acquireTokenSilently(parameters)).accessToken();
    }

    String export() {
        return application.tokenCache().serialize();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static HttpResponse answer(HttpRequest request, Function<String, Map<String, Object>> endpoint) {
        if (!request.url().getPath().endsWith("/oauth2/v2.0/token")) {
            throw new AssertionError("asked for something else: " + request.url());
        }
        HttpResponse response = new HttpResponse().statusCode(200).body(Json.write(endpoint.apply(request.body())));
        response.addHeaders(Map.of("Content-Type", List.of("application/json")));
        return response;
    }
}
