package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplication;
import dev.latchkey.spring.metrics.AcquireMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configures the timer {@code latchkey.tokens} if there is a meter registry. */
@AutoConfiguration(
        after = LatchkeyAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class LatchkeyMetricsAutoConfiguration {
    LatchkeyMetricsAutoConfiguration() {}

    @Bean
    EventRelay latchkeyMeters(ClientApplication application, MeterRegistry registry) {
        return new EventRelay(application, List.of(new AcquireMeters(registry)));
    }
}
