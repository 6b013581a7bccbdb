import * as latchkey from "../latchkey.js";

// The wrapper around the compiled text declares this and hands it out.
__latchkey = { ...latchkey };
