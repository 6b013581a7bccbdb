package dev.latchkey.cli.demo;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.util.Objects;

/** Calls the API with the token: the purpose of everything before. */
final class ApiCall implements Step {
    @Override
    public String title() {
        return "Call the API with the token";
    }

    @Override
    public String about() {
        return "The API verifies the token's signature, issuer, audience, scope and lifetime.";
    }

    @Override
    public void play(Stage stage, Story story) {
        HttpMessage me = HttpMessage.get(URI.create(stage.authority().apiUri() + "/me"));
        story.call("GET " + me.uri());
        HttpAnswer refused = stage.send(me);
        String challenge = Objects.requireNonNullElse(refused.header("WWW-Authenticate"), "");
        story.fact("answer", refused.status() + ", WWW-Authenticate: " + challenge);
        story.promise("without a token: 401", 401, refused.status());
        story.promise("and the challenge asks for Bearer", challenge.startsWith("Bearer"));

        story.call("the same with Authorization: " + stage.signedIn().tokenType() + " (the token)");
        HttpAnswer answer =
                stage.send(me.withHeader("Authorization", stage.signedIn().authorizationHeader()));
        story.fact("answer", answer.status() + " " + Objects.requireNonNullElse(answer.header("Content-Type"), ""));
        story.promise("with the token: 200", 200, answer.status());
        JsonObject body = body(answer);
        body.names()
                .forEach(name -> story.fact(name, String.valueOf(body.asMap().get(name))));
        story.promise("the answer is about the user who signed in", Stage.USER, body.string("userPrincipalName"));
    }

    private static JsonObject body(HttpAnswer answer) {
        try {
            return Json.parseObject(answer.body());
        } catch (JsonException e) {
            throw new BrokenPromiseException("the body is valid JSON");
        }
    }
}
