/**
 * Interactive acquisition by {@link dev.latchkey.internal.interactive.InteractiveAcquisition browser}, {@link
 * dev.latchkey.internal.interactive.RedirectAcquisition redirect} or {@link
 * dev.latchkey.internal.interactive.DeviceCodeAcquisition device code}; and {@link
 * dev.latchkey.internal.interactive.Logout sign-out}.
 */
@NullMarked
package dev.latchkey.internal.interactive;

import org.jspecify.annotations.NullMarked;
