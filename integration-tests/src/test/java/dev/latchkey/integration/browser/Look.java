package dev.latchkey.integration.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** How a user's browser displays pages. */
public enum Look {
    LIGHT(1000, ColorScheme.LIGHT),
    DARK(1000, ColorScheme.DARK),
    NARROW(360, ColorScheme.LIGHT),
    NARROW_DARK(360, ColorScheme.DARK);

    private final int width;
    private final ColorScheme scheme;

    Look(int width, ColorScheme scheme) {
        this.width = width;
        this.scheme = scheme;
    }

    public NewContextOptions options() {
        return new NewContextOptions().setViewportSize(width, 760).setColorScheme(scheme);
    }

    /** The name of a screenshot in this look. */
    public String photograph(String page) {
        return name().toLowerCase(Locale.ROOT) + "-" + page;
    }
}
