/**
 * Auto-configuration for Spring Boot. The module is open because Spring creates and calls its classes by reflection.
 */
@org.jspecify.annotations.NullMarked
open module dev.latchkey.spring.boot {
    requires transitive dev.latchkey;
    requires transitive spring.boot;
    requires transitive spring.boot.autoconfigure;
    requires spring.beans;
    requires spring.context;
    requires spring.core;
    requires static transitive dev.latchkey.web;
    requires static dev.latchkey.store.file;
    requires static transitive jakarta.servlet;
    requires static transitive spring.web;
    requires static spring.webmvc;
    requires static transitive spring.webflux;
    requires static reactor.core;
    requires static org.reactivestreams;
    requires static spring.boot.http.client;
    requires static spring.boot.restclient;
    requires static spring.boot.webclient;
    requires static spring.boot.security;
    requires static transitive spring.security.config;
    requires static transitive spring.security.core;
    requires static spring.security.web;
    requires static transitive spring.boot.health;
    requires static transitive micrometer.core;
    requires transitive micrometer.commons;
    requires transitive micrometer.observation;
    requires static com.fasterxml.jackson.annotation;
    requires static org.jspecify;

    exports dev.latchkey.spring.boot;
    exports dev.latchkey.spring.http;
    exports dev.latchkey.spring.metrics;
    exports dev.latchkey.spring.security;
    exports dev.latchkey.spring.web;
}
