package dev.latchkey.core.discovery;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts are names of the same cloud. A token obtained under one name of a cloud is valid for all its names; it is
 * stored under the cloud's {@code preferred_cache} name. Immutable.
 */
public final class Clouds {
    /** The clouds that Microsoft documents; consulted before any network call. */
    public static final Clouds BUILT_IN = new Clouds(List.of(
            new Cloud(
                    "login.microsoftonline.com",
                    "login.windows.net",
                    List.of(
                            "login.microsoftonline.com",
                            "login.windows.net",
                            "login.microsoft.com",
                            "sts.windows.net")),
            new Cloud(
                    "login.partner.microsoftonline.cn",
                    "login.partner.microsoftonline.cn",
                    List.of("login.partner.microsoftonline.cn", "login.chinacloudapi.cn")),
            new Cloud(
                    "login.microsoftonline.us",
                    "login.microsoftonline.us",
                    List.of("login.microsoftonline.us", "login.usgovcloudapi.net")),
            single("login.microsoftonline.de"),
            single("login-us.microsoftonline.com"),
            single("login.sovcloud-identity.fr"),
            single("login.sovcloud-identity.de"),
            single("login.sovcloud-identity.sg")));

    private static final int MOST_CLOUDS = 50;
    private static final int MOST_ALIASES = 20;

    /** RFC 1035 section 2.3.4, and a port. */
    private static final int LONGEST_HOST = 261;

    private final List<Cloud> clouds;

    private Clouds(List<Cloud> clouds) {
        this.clouds = List.copyOf(clouds);
    }

    /**
     * One cloud.
     *
     * @param preferredNetwork the host that requests are sent to
     * @param preferredCache the host tokens are stored under
     * @param aliases all its hosts
     */
    public record Cloud(String preferredNetwork, String preferredCache, List<String> aliases) {
        /** Copies the aliases in lower case. */
        public Cloud {
            aliases = aliases.stream().map(LowerCase::of).toList();
        }

        @Override
        public String toString() {
            return PrintableText.of("Cloud" + aliases);
        }
    }

    /**
     * Parses the clouds of an instance-discovery response: the first {@value #MOST_CLOUDS} clouds with the first
     * {@value #MOST_ALIASES} names of each. Microsoft's own response has a tenth of these numbers.
     *
     * @throws ClientConfigurationException {@code invalid_cloud_discovery_metadata} if the text is not such a response
     */
    public static Clouds parse(String json) {
        try {
            return parse(Json.parseObject(json));
        } catch (JsonException e) {
            throw new ClientConfigurationException(
                    ErrorCodes.INVALID_CLOUD_DISCOVERY_METADATA,
                    "the instance discovery answer is not JSON: " + e.getMessage());
        }
    }

    private static Clouds parse(JsonObject document) {
        List<Cloud> clouds = new ArrayList<>();
        for (JsonObject entry : first(MOST_CLOUDS, document.objects("metadata"))) {
            String network = entry.string("preferred_network", "");
            String cache = entry.string("preferred_cache", "");
            List<String> aliases = first(MOST_ALIASES, entry.strings("aliases"));
            boolean named = isHost(network) && isHost(cache) && !aliases.isEmpty();
            if (named && aliases.stream().allMatch(Clouds::isHost)) {
                clouds.add(new Cloud(network, cache, aliases));
            }
        }
        return new Clouds(clouds);
    }

    private static <T> List<T> first(int most, List<T> items) {
        return items.subList(0, Math.min(most, items.size()));
    }

    /** A name, perhaps with a port: it becomes part of addresses and of keys. */
    private static boolean isHost(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_HOST
                && text.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "-.:[]".indexOf(c) >= 0));
    }

    /** Whether the host belongs to one of the clouds. */
    public boolean knows(String host) {
        return find(host).isPresent();
    }

    /** The cloud a host belongs to. */
    public Optional<Cloud> find(String host) {
        String name = LowerCase.of(host);
        return clouds.stream().filter(cloud -> cloud.aliases().contains(name)).findFirst();
    }

    /** The name under which tokens of this host are stored: the cloud's, or the host itself. */
    public String environmentOf(String host) {
        return find(host).map(Cloud::preferredCache).orElse(LowerCase.of(host));
    }

    /** Whether two hosts are names of one cloud, or equal. */
    public boolean areAliases(String host, String other) {
        return environmentOf(host).equals(environmentOf(other));
    }

    /** These clouds preceded by {@code others}, which take precedence. */
    public Clouds precededBy(Clouds others) {
        List<Cloud> all = new ArrayList<>(others.clouds);
        all.addAll(clouds);
        return new Clouds(all);
    }

    private static Cloud single(String host) {
        return new Cloud(host, host, List.of(host));
    }
}
