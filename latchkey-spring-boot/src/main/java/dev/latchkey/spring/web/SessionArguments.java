package dev.latchkey.spring.web;

import dev.latchkey.core.account.Account;
import dev.latchkey.web.WebSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;

/**
 * Lets controller methods take a {@link WebSession} or an {@link Account}. A request without a signed-in user gets 401,
 * unless the parameter is an {@code Optional} or nullable.
 */
public final class SessionArguments implements HandlerMethodArgumentResolver {
    private final CurrentSession sessions;

    /** Creates a resolver for arguments from these sessions. */
    public SessionArguments(CurrentSession sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        return type == WebSession.class || type == Account.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory) {
        Optional<WebSession> session = Optional.ofNullable(request.getNativeRequest(HttpServletRequest.class))
                .flatMap(sessions::of);
        boolean wantsSession = parameter.nestedIfOptional().getNestedParameterType() == WebSession.class;
        Optional<?> argument = wantsSession ? session : session.flatMap(WebSession::account);
        if (parameter.getParameterType() == Optional.class) {
            return argument;
        }
        if (argument.isEmpty() && !parameter.isOptional()) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "nobody is signed in");
        }
        return argument.orElse(null);
    }
}
