import { page } from "./page.js";
import { version } from "./constants.js";

export const LogLevel = {
    Error: 0,
    Warning: 1,
    Info: 2,
    Verbose: 3,
    Trace: 4,
    0: "Error",
    1: "Warning",
    2: "Info",
    3: "Verbose",
    4: "Trace",
};

/** Passes messages up to a level to the callback of the configuration. No message contains a token or a code. */
export class Logger {
    constructor(options = {}, packageName = "latchkey.js", packageVersion = version) {
        this.options = options;
        this.packageName = packageName;
        this.packageVersion = packageVersion;
    }

    clone(packageName, packageVersion) {
        return new Logger(this.options, packageName, packageVersion);
    }

    executeCallback(level, message, containsPii) {
        const callback = this.options.loggerCallback;
        if (callback) {
            callback(level, message, containsPii);
        }
    }

    isPiiLoggingEnabled() {
        return !!this.options.piiLoggingEnabled;
    }

    log(level, message, correlationId = "", containsPii = false) {
        const most = this.options.logLevel === undefined ? LogLevel.Info : this.options.logLevel;
        if (level > most || (containsPii && !this.isPiiLoggingEnabled())) {
            return;
        }
        const when = new page.Date().toUTCString();
        const where = this.packageName + "@" + this.packageVersion;
        const text = `[${when}] : [${correlationId}] : ${where} : ${LogLevel[level]} - ${message}`;
        this.executeCallback(level, text, containsPii);
    }
}

for (let level = 0; level < 5; level++) {
    const name = LogLevel[level].toLowerCase();
    Logger.prototype[name] = function (message, correlationId) {
        this.log(level, message, correlationId);
    };
    Logger.prototype[name + "Pii"] = function (message, correlationId) {
        this.log(level, message, correlationId, true);
    };
}
