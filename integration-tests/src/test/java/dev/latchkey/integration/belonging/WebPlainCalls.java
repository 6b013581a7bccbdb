package dev.latchkey.integration.belonging;

import dev.latchkey.integration.belonging.WebScene.Sender;
import java.net.URI;
import java.util.List;

/** Calls that are the same for all users, and nodes that are replaced. */
final class WebPlainCalls {
    private static final List<String> FILES = List.of(
            "/latchkey.js", "/latchkey.js.map", "/latchkey.global.js", "/latchkey.global.js.map", "/latchkey.d.ts");

    private WebPlainCalls() {}

    static void addTo(WebCalls calls) {
        FILES.forEach(file -> calls.add(1, "GET " + file, web -> file(web, file)));
        calls.add(1, "GET /signed-out", WebPlainCalls::signedOut);
        calls.add(2, "another node", WebPlainCalls::restart);
    }

    private static void file(WebScene web, String file) {
        Sender sender = web.sender(web.anyPage());
        HttpReply reply = web.get(sender, file);
        web.judge(sender, reply);
        if (reply.isOk()) {
            web.scene.succeed();
        }
    }

    private static void signedOut(WebScene web) {
        Sender sender = web.sender(web.anyPage());
        URI address = URI.create(sender.page().front.at("/signed-out") + "?state=" + web.freshId());
        HttpReply reply = web.send(sender, HttpCall.navigation(address));
        web.judge(sender, reply);
        if (reply.isOk()) {
            web.scene.succeed();
        }
    }

    private static void restart(WebScene web) {
        Front front = web.dice.one(web.fronts);
        web.scene.calls.add(front + " is served by another node");
        front.restart();
        web.scene.succeed();
    }
}
