package dev.latchkey.internal.loopback;

/** The style of the result pages: light and dark, from phone width up, readable without colour. */
final class PageStyle {
    static final String CSS = """
            :root{--paper:#f3f4f7;--card:#fff;--ink:#171a21;--soft:#565d6d;--line:#e1e4ea;--good:#17803d;--bad:#c0282d;\
            --calm:#5a6478;--well:#f6f7f9}
            @media(prefers-color-scheme:dark){:root{--paper:#0f1115;--card:#191c23;--ink:#eef0f4;--soft:#a3abba;\
            --line:#2b303b;--good:#2f9e5b;--bad:#e05257;--calm:#6d788f;--well:#12151b}}
            *{box-sizing:border-box}
            html,body{height:100%}
            body{margin:0;padding:24px 16px;display:flex;background:var(--paper);color:var(--ink);\
            font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
            main{margin:auto;width:100%;max-width:30rem;padding:40px 36px 36px;background:var(--card);\
            border:1px solid var(--line);border-radius:16px;box-shadow:0 12px 40px -16px rgba(15,20,35,.22);\
            text-align:center;overflow-wrap:anywhere}
            svg{display:block;margin:0 auto 20px}
            circle{fill:var(--calm)}
            .good circle{fill:var(--good)}
            .bad circle{fill:var(--bad)}
            path{fill:none;stroke:#fff;stroke-width:4;stroke-linecap:round;stroke-linejoin:round}
            h1{margin:0 0 10px;font-size:1.55rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;\
            text-wrap:balance}
            p{margin:0;text-wrap:pretty}
            .application{margin:0 0 24px;color:var(--soft);font-size:.9rem;font-weight:600}
            .advice{margin-top:20px;padding-top:20px;border-top:1px solid var(--line);color:var(--soft);font-size:.95rem}
            .error{margin-top:20px;padding:14px 16px;background:var(--well);border:1px solid var(--line);\
            border-radius:10px;text-align:start;font-size:.9rem;line-height:1.5}
            .error code,.error span{display:block}
            .error code{color:var(--bad);font:600 .95em/1.5 ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",\
            monospace}
            .error code+span{margin-top:4px}
            @media(max-width:480px){body{padding:12px}main{padding:32px 22px 26px;border-radius:14px}}
            """;

    private PageStyle() {}
}
