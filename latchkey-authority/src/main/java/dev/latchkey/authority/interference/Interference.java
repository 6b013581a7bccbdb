package dev.latchkey.authority.interference;

import dev.latchkey.authority.Fault;
import dev.latchkey.authority.IncomingRequest;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.interference.RequestHold.Side;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.ForgedTokens;
import dev.latchkey.authority.token.SigningKeys;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Puts faults and barriers around the work of the endpoints. Thread-safe. */
public final class Interference {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<RequestHold> holds = new CopyOnWriteArrayList<>();
    private final SigningKeys keys;
    private final Delays delays;
    private final Tampering tampering;

    public Interference(InstantSource clock, SigningKeys keys, ClientSignatures signatures) {
        this.keys = keys;
        this.delays = new Delays(clock);
        this.tampering = new Tampering(clock, signatures, new ForgedTokens(keys, signatures));
    }

    public void add(Rule rule) {
        rules.add(rule);
    }

    public void add(RequestHold hold) {
        holds.add(hold);
    }

    /** Ends a rule; what hangs because of it is reset. */
    public void remove(Rule rule) {
        rules.remove(rule);
        rule.takenBack().complete(null);
    }

    /** Whether a rule has not been ended. */
    public boolean has(Rule rule) {
        return rules.contains(rule);
    }

    public void remove(RequestHold hold) {
        holds.remove(hold);
    }

    /** Ends every rule. */
    public void clearFaults() {
        rules.forEach(this::remove);
    }

    /** Ends every rule and opens every hold. */
    public void clear() {
        clearFaults();
        List<RequestHold> open = List.copyOf(holds);
        holds.removeAll(open);
        open.forEach(RequestHold::open);
    }

    /** The answer that work gives, when and how faults and barriers let it. */
    public CompletionStage<Reply> around(IncomingRequest request, Supplier<Reply> work) {
        Optional<Rule> rule = ruleFor(request);
        return passed(Side.BEFORE_WORK, request)
                .thenCompose(nothing ->
                        rule.isEmpty() ? CompletableFuture.completedFuture(work.get()) : meet(rule.get(), work))
                .thenCompose(reply -> passed(Side.AFTER_WORK, request).thenApply(nothing -> reply));
    }

    private Optional<Rule> ruleFor(IncomingRequest request) {
        Optional<Rule> chosen = Optional.empty();
        for (Rule rule : rules) {
            boolean matches = rule.isFor(request);
            if (matches && chosen.isEmpty()) {
                chosen = Optional.of(rule);
            }
        }
        return chosen;
    }

    private CompletionStage<Void> passed(Side side, IncomingRequest request) {
        CompletionStage<Void> passed = CompletableFuture.completedFuture(null);
        for (RequestHold hold : holds) {
            passed = passed.thenCompose(nothing -> hold.pass(side, request));
        }
        return passed;
    }

    private CompletionStage<Reply> meet(Rule rule, Supplier<Reply> work) {
        if (rule.fault() instanceof Fault.Delay delay) {
            CompletionStage<Void> passed = delays.passed(delay.by());
            // Only now: whoever waits for this may move the clock at once.
            rule.met().add(1);
            return passed.thenCompose(nothing -> later(rule, delay, work));
        }
        rule.met().add(1);
        return faulty(rule, rule.fault(), work);
    }

    private CompletionStage<Reply> faulty(Rule rule, Fault fault, Supplier<Reply> work) {
        if (fault instanceof Fault.Delay delay) {
            return delays.passed(delay.by()).thenCompose(nothing -> later(rule, delay, work));
        }
        if (fault instanceof Fault.Hang) {
            return rule.takenBack().thenApply(nothing -> Reply.none());
        }
        return CompletableFuture.completedFuture(atOnce(fault, work));
    }

    private CompletionStage<Reply> later(Rule rule, Fault.Delay delay, Supplier<Reply> work) {
        return delay.then().isEmpty()
                ? CompletableFuture.completedFuture(work.get())
                : faulty(rule, delay.then().get(), work);
    }

    private Reply atOnce(Fault fault, Supplier<Reply> work) {
        if (fault instanceof Fault.Answer answer) {
            return scripted(answer);
        }
        if (fault instanceof Fault.KeyRotation) {
            keys.rotate();
        }
        if (fault instanceof Fault.Reset reset && !reset.afterWork()) {
            return Reply.none();
        }
        Reply reply = work.get();
        if (fault instanceof Fault.Reset) {
            return Reply.none();
        }
        if (fault instanceof Fault.HalfBody) {
            return reply.halved();
        }
        if (fault instanceof Fault.Header header) {
            return reply.withHeader(header.name(), header.value());
        }
        if (fault instanceof Fault.Gzip) {
            return reply.compressed();
        }
        return tampering.with(reply, fault);
    }

    private static Reply scripted(Fault.Answer answer) {
        Reply reply = Reply.raw(answer.status(), answer.body());
        for (var header : answer.headers().entrySet()) {
            reply = reply.header(header.getKey(), header.getValue());
        }
        return reply;
    }
}
