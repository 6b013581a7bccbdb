/** @externs */
var __latchkey;
