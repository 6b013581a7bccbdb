package dev.latchkey.spring.app;

import dev.latchkey.EventMessage;
import dev.latchkey.EventType;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.spring.http.CallerAttributes;
import dev.latchkey.spring.metrics.RecordedAcquisitions;
import dev.latchkey.spring.web.LatchkeyPrincipal;
import dev.latchkey.web.WebSession;
import java.net.URI;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** An application as a user of Spring Boot would write it. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({SampleApplication.Pages.class, RecordedAcquisitions.class})
class SampleApplication {

    @RestController
    static class Pages {
        final Queue<EventType> events = new ConcurrentLinkedQueue<>();
        private final RestClient rest;
        private final WebClient web;

        Pages(RestClient.Builder rest, WebClient.Builder web) {
            this.rest = rest.build();
            this.web = web.build();
        }

        @EventListener
        void on(EventMessage event) {
            events.add(event.eventType());
            throw new IllegalStateException("a listener that fails");
        }

        @GetMapping("/who")
        Map<String, String> who(
                WebSession session,
                Account account,
                Principal principal,
                @AuthenticationPrincipal LatchkeyPrincipal me) {
            return Map.of(
                    "account", account.username(),
                    "principal", principal.getName(),
                    "me", me.getName(),
                    "accounts", String.valueOf(session.accounts().size()));
        }

        @GetMapping("/favicon.ico")
        String perhaps(Optional<Account> account) {
            return account.map(Account::username).orElse("nobody");
        }

        @GetMapping("/index.html")
        String needed(Account account) {
            return account.username();
        }

        @GetMapping("/admin/page")
        String admin() {
            return "for admins";
        }

        @GetMapping("/rest")
        String rest(@RequestParam("uri") URI uri) {
            return rest.get()
                    .uri(uri)
                    .exchange((request, response) -> response.getStatusCode().value() + " "
                            + new String(response.getBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }

        @GetMapping("/rest-with-own-token")
        String restWithOwnToken(@RequestParam("uri") URI uri) {
            return rest.get()
                    .uri(uri)
                    .header("Authorization", "Bearer mine")
                    .exchange((request, response) ->
                            String.valueOf(response.getStatusCode().value()));
        }

        @GetMapping("/web")
        String web(@RequestParam("uri") URI uri) {
            return web.get()
                    .uri(uri)
                    .exchangeToMono(response -> response.bodyToMono(String.class)
                            .defaultIfEmpty("")
                            .map(body -> response.statusCode().value() + " " + body))
                    .block();
        }

        @GetMapping("/background")
        String background(@RequestParam("uri") URI uri, Account account) throws Exception {
            String[] body = new String[1];
            Thread thread = new Thread(() -> body[0] = rest.get()
                    .uri(uri)
                    .attributes(CallerAttributes.account(account))
                    .retrieve()
                    .body(String.class));
            thread.start();
            thread.join();
            return body[0];
        }

        @ExceptionHandler
        @ResponseStatus(HttpStatus.UNAUTHORIZED)
        String interaction(InteractionRequiredAuthException e) {
            return e.errorCode();
        }
    }
}
