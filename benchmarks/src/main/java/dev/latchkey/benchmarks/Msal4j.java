package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Microsoft's library for Java, without the network. */
final class Msal4j {
    private static final String CLOUDS = """
            {"tenant_discovery_endpoint":"https://%1$s/common/.well-known/openid-configuration","api-version":"1.1",\
            "metadata":[{"preferred_network":"%1$s","preferred_cache":"%2$s","aliases":["%1$s","%2$s"]}]}""".formatted(Person.HOST, Person.CACHE_HOST);

    private Msal4j() {}

    /** An application that runs its work on the executor; its own default where that is null. */
    static PublicClientApplication application(String cache, IHttpClient http, @Nullable ExecutorService executor) {
        try {
            PublicClientApplication.Builder builder = PublicClientApplication.builder(Person.CLIENT)
                    .authority(Person.AUTHORITY)
                    .aadInstanceDiscoveryResponse(CLOUDS)
                    .httpClient(http);
            if (executor != null) {
                builder.executorService(executor);
            }
            PublicClientApplication application = builder.build();
            application.tokenCache().deserialize(cache);
            return application;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<IAccount> accounts(PublicClientApplication application) {
        return List.copyOf(application.getAccounts().join());
    }

    static SilentParameters[] requests(List<IAccount> accounts) {
        SilentParameters[] requests = new SilentParameters[accounts.size()];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = SilentParameters.builder(Set.of(Latchkey.scope(i)), accounts.get(i))
                    .build();
        }
        return requests;
    }

    /** Runs everything in the caller: the library's own work and no change of thread. */
    static final class Direct extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
