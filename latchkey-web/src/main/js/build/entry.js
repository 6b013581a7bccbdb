import * as latchkey from "../latchkey.js";

// Declared and exported by the wrapper around the compiled code.
__latchkey = { ...latchkey };
