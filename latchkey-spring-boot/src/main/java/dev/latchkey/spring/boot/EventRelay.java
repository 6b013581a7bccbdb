package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplication;
import dev.latchkey.EventMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Publishes an application's events; the application logs what a listener throws, so that no call fails. */
final class EventRelay implements SmartInitializingSingleton, DisposableBean {
    private final ClientApplication application;
    private final List<Consumer<EventMessage>> listeners;
    private final List<String> callbacks = new ArrayList<>();

    EventRelay(ClientApplication application, List<Consumer<EventMessage>> listeners) {
        this.application = application;
        this.listeners = listeners;
    }

    @Override
    public void afterSingletonsInstantiated() {
        listeners.forEach(listener -> callbacks.add(application.addEventCallback(listener)));
    }

    @Override
    public void destroy() {
        callbacks.forEach(application::removeEventCallback);
    }
}
