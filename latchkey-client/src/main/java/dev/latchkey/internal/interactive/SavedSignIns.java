package dev.latchkey.internal.interactive;

import dev.latchkey.InteractionType;
import dev.latchkey.InteractiveRequest;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.authorize.AuthorizationRequest;
import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.authority.WireTarget;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encodes sign-ins in progress as text, with only what the second half needs. */
final class SavedSignIns {
    private static final String SCOPES = "scopes";
    private static final String AUTHORITY = "authority";
    private static final String TENANT = "tenant";
    private static final String CLAIMS = "claims";
    private static final String RESOURCE = "resource";
    private static final String MAX_AGE = "max_age";
    private static final String EXTRAS = "extras";
    private static final String STORE = "store";
    private static final String USER_STATE = "user_state";
    private static final String REDIRECT_URI = "redirect_uri";
    private static final String STATE = "state";
    private static final String NONCE = "nonce";
    private static final String VERIFIER = "verifier";
    private static final String CORRELATION_ID = "correlation_id";
    private static final String ISSUER = "issuer";
    private static final String POLICY = "policy";
    private static final String QUERY_EXTRAS = "query_extras";
    private static final String CACHE_KEY_COMPONENT = "cache_key_component";

    private final Settings.Identity identity;
    private final AuthorizationCodeFlow flow;

    SavedSignIns(Settings.Identity identity, AuthorizationCodeFlow flow) {
        this.identity = identity;
        this.flow = flow;
    }

    RedirectSignIn save(AuthorizationCodeFlow.Pending pending) {
        InteractiveRequest request = pending.request();
        AuthorizationRequest sent = pending.sent();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(SCOPES, request.scopes().toString());
        members.put(AUTHORITY, request.authority().orElse(null));
        members.put(TENANT, request.tenantId().orElse(null));
        members.put(CLAIMS, request.claims().orElse(null));
        members.put(RESOURCE, request.resource().orElse(null));
        members.put(MAX_AGE, request.maxAge().map(Duration::toSeconds).orElse(null));
        members.put(EXTRAS, request.extraParameters());
        members.put(QUERY_EXTRAS, request.extraQueryParameters());
        members.put(CACHE_KEY_COMPONENT, request.cacheKeyComponent().orElse(null));
        members.put(ISSUER, pending.authority().metadata().issuer().toString());
        String policy = policyOf(pending.authority());
        if (policy != null) {
            members.put(POLICY, policy);
        }
        members.put(STORE, switches(request.storeInCache()));
        members.put(USER_STATE, request.state().orElse(null));
        members.put(REDIRECT_URI, sent.redirectUri().toString());
        members.put(STATE, sent.state());
        members.put(NONCE, sent.nonce());
        members.put(VERIFIER, sent.pkce().verifier().reveal());
        members.put(CORRELATION_ID, pending.correlationId());
        return new RedirectSignIn(sent.uri(), sent.state(), Secret.of(Json.write(members)));
    }

    AuthorizationCodeFlow.Pending restore(Secret saved) {
        try {
            return restored(Json.parseObject(saved.reveal()));
        } catch (JsonException | IllegalArgumentException e) {
            throw new ClientAuthException(
                    ErrorCodes.FAILED_TO_PARSE_RESPONSE,
                    "the saved sign-in cannot be read; pass the value that acquireTokenRedirect returned");
        }
    }

    private AuthorizationCodeFlow.Pending restored(JsonObject members) {
        RedirectRequest request = request(members);
        String correlationId = members.string(CORRELATION_ID, "");
        ResolvedAuthority authority = flow.resolve(request, correlationId);
        requireSameIssuer(members, authority, correlationId);
        String verifier = members.string(VERIFIER, "");
        AuthorizationRequest sent = AuthorizationRequest.builder(
                        authority.metadata().authorizationEndpoint(),
                        identity.clientId(),
                        request.redirectUri(),
                        WireTarget.of(
                                        identity,
                                        authority,
                                        request.scopes(),
                                        request.resource().orElse(null))
                                .scopes())
                .secrets(
                        members.string(STATE, ""),
                        members.string(NONCE, ""),
                        new Pkce(Secret.of(verifier), Pkce.challengeOf(verifier)))
                .build();
        return new AuthorizationCodeFlow.Pending(request, InteractionType.REDIRECT, authority, sent, correlationId);
    }

    /**
     * The code is for the issuer to which the user was sent, even if the configured address has changed since; B2C
     * policies share an issuer but not their codes.
     */
    private static void requireSameIssuer(JsonObject members, ResolvedAuthority authority, String correlationId) {
        boolean isSame =
                members.string(ISSUER, "").equals(authority.metadata().issuer().toString())
                        && Objects.equals(members.string(POLICY), policyOf(authority));
        if (!isSame) {
            throw new ClientAuthException(ErrorDetails.of(
                            ErrorCodes.ISSUER_MISMATCH,
                            "the sign-in was started with another issuer or policy; start again")
                    .at(authority.authority().uri())
                    .correlationId(correlationId));
        }
    }

    private static @Nullable String policyOf(ResolvedAuthority authority) {
        return authority.authority().kind() == AuthorityKind.B2C
                ? authority.authority().realm()
                : null;
    }

    private static RedirectRequest request(JsonObject members) {
        Long maxAge = members.number(MAX_AGE);
        URI redirectUri = URI.create(members.string(REDIRECT_URI, ""));
        return RedirectRequest.builder(redirectUri, Scopes.parse(members.string(SCOPES, "")))
                .authority(members.string(AUTHORITY))
                .tenantId(members.string(TENANT))
                .claims(members.string(CLAIMS))
                .resource(members.string(RESOURCE))
                .maxAge(maxAge == null ? null : Duration.ofSeconds(maxAge))
                .extraParameters(extras(members.object(EXTRAS)))
                .extraQueryParameters(extras(members.object(QUERY_EXTRAS)))
                .cacheKeyComponent(members.string(CACHE_KEY_COMPONENT))
                .storeInCache(switches(members.string(STORE, "")))
                .state(members.string(USER_STATE))
                .build();
    }

    private static Map<String, String> extras(@Nullable JsonObject members) {
        Map<String, String> extras = new LinkedHashMap<>();
        if (members != null) {
            members.names().forEach(name -> extras.put(name, members.string(name, "")));
        }
        return extras;
    }

    private static String switches(StoreInCache wanted) {
        return (wanted.idToken() ? "i" : "") + (wanted.accessToken() ? "a" : "") + (wanted.refreshToken() ? "r" : "");
    }

    private static StoreInCache switches(String letters) {
        return new StoreInCache(letters.contains("a"), letters.contains("i"), letters.contains("r"));
    }
}
