package dev.latchkey.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/** Spring Security's manager over its service in memory: a registration for each of the three tokens of a person. */
final class Spring {
    private final List<ClientRegistration> registrations = new ArrayList<>();
    private final InMemoryOAuth2AuthorizedClientService service;
    private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;

    Spring(OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> tokenEndpoint) {
        for (int i = 0; i < Person.SCOPES.length; i++) {
            registrations.add(registration(i));
        }
        InMemoryClientRegistrationRepository repository = new InMemoryClientRegistrationRepository(registrations);
        service = new InMemoryOAuth2AuthorizedClientService(repository);
        manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(repository, service);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .authorizationCode()
                .refreshToken(refresh -> refresh.accessTokenResponseClient(tokenEndpoint))
                .build());
    }

    AuthorizedClientServiceOAuth2AuthorizedClientManager manager() {
        return manager;
    }

    /** Signs people in. */
    Spring signedIn(int people, Instant now, Instant expiresOn) {
        for (int i = 0; i < people; i++) {
            Person person = new Person(i);
            for (int which = 0; which < Person.SCOPES.length; which++) {
                OAuth2AccessToken token = new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        person.accessToken(which),
                        now,
                        expiresOn,
                        Set.of(Person.GRANTED[which].split(" ")));
                OAuth2RefreshToken refreshToken = new OAuth2RefreshToken(person.refreshToken(), now);
                service.saveAuthorizedClient(
                        new OAuth2AuthorizedClient(
                                registrations.get(which), person.homeAccountId(), token, refreshToken),
                        new TestingAuthenticationToken(person.homeAccountId(), ""));
            }
        }
        return this;
    }

    OAuth2AuthorizeRequest[] requests(int people) {
        OAuth2AuthorizeRequest[] requests = new OAuth2AuthorizeRequest[people];
        Arrays.setAll(requests, this::request);
        return requests;
    }

    private OAuth2AuthorizeRequest request(int i) {
        return OAuth2AuthorizeRequest.withClientRegistrationId("r" + i % Person.SCOPES.length)
                .principal(new Person(i).homeAccountId())
                .build();
    }

    private static ClientRegistration registration(int i) {
        return ClientRegistration.withRegistrationId("r" + i)
                .clientId(Person.CLIENT)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://localhost/")
                .authorizationUri(Person.AUTHORITY + "/oauth2/v2.0/authorize")
                .tokenUri(Person.AUTHORITY + "/oauth2/v2.0/token")
                .scope(Person.SCOPES[i])
                .build();
    }
}
