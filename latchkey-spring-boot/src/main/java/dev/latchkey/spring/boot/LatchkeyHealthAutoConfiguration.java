package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplication;
import dev.latchkey.spring.metrics.LatchkeyHealth;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configures the health contributor {@code latchkey}; off with {@code management.health.latchkey.enabled=false}. */
@AutoConfiguration(after = LatchkeyAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("latchkey")
public final class LatchkeyHealthAutoConfiguration {
    LatchkeyHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "latchkeyHealthIndicator")
    LatchkeyHealth latchkeyHealthIndicator(ClientApplication application) {
        return new LatchkeyHealth(application, Clock.systemUTC());
    }

    @Bean
    EventRelay latchkeyHealthEvents(ClientApplication application, LatchkeyHealth health) {
        return new EventRelay(application, List.of(health));
    }
}
