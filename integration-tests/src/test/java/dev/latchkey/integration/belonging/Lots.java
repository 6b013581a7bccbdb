package dev.latchkey.integration.belonging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Named cases from which one is drawn at a time.
 *
 * @param <S> what a case needs
 */
class Lots<S> {
    private final Map<String, Consumer<S>> cases = new TreeMap<>();
    private final List<String> lots = new ArrayList<>();

    /** Adds a case that is drawn as often as its weight says. */
    final void add(int weight, String name, Consumer<S> body) {
        cases.put(name, body);
        for (int i = 0; i < weight; i++) {
            lots.add(name);
        }
    }

    /** The names of all cases. */
    final List<String> names() {
        return List.copyOf(cases.keySet());
    }

    final String draw(Dice dice) {
        return dice.one(lots);
    }

    final void make(String name, S scene) {
        cases.get(name).accept(scene);
    }
}
