/** Reports failures, measurements and the number of tests. */
export default async function* report(source) {
    const counts = { passed: 0, failed: 0 };
    for await (const { type, data } of source) {
        if (type === "test:fail" && data.details.error.failureType !== "subtestsFailed") {
            counts.failed++;
            const cause = data.details.error.cause ?? data.details.error;
            yield `FAILED ${data.name}\n${cause.stack ?? cause}\n`;
        } else if (type === "test:pass") {
            counts.passed++;
        } else if (type === "test:diagnostic" && / bytes/.test(data.message)) {
            yield data.message + "\n";
        } else if (type === "test:stderr") {
            yield data.message;
        }
    }
    yield `latchkey.js: ${counts.passed} tests passed, ${counts.failed} failed\n`;
}
