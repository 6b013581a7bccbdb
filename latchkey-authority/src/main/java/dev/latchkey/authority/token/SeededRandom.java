package dev.latchkey.authority.token;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The same numbers for the same seed, for makers of keys that take nothing but a {@link SecureRandom}. */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "L64X128MixRandom";

    public SeededRandom(long seed) {
        super(new Numbers(seed), null);
    }

    private static final class Numbers extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient RandomGenerator random;

        Numbers(long seed) {
            this.random = RandomGeneratorFactory.of(ALGORITHM).create(seed);
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The seed is the one it was made with.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
