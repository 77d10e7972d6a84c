package org.raabta.signaling.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.raabta.signaling.transfer.Refusal;

/** Requests that wait until what they brought is kept. Owned by the exchange. */
final class HttpWaiters {
    private final Map<String, List<Waiter>> waiters = new HashMap<>();

    /** @param offset that has to be kept, or more */
    private record Waiter(int offset, boolean last, CompletableFuture<Patched> answer) {}

    /** @param last whether the item is whole with it: then it has to be checked too */
    CompletableFuture<Patched> add(String id, int offset, boolean last) {
        Waiter waiter = new Waiter(offset, last, new CompletableFuture<>());
        waiters.computeIfAbsent(id, key -> new ArrayList<>()).add(waiter);
        return waiter.answer;
    }

    void kept(String id, int size) {
        answer(id, waiter -> !waiter.last && waiter.offset <= size, new Patched.At(size));
    }

    void done(String id) {
        for (Waiter waiter : List.copyOf(waiters.getOrDefault(id, List.of()))) {
            waiter.answer.complete(new Patched.At(waiter.offset));
        }
        waiters.remove(id);
    }

    void refused(String id, Refusal why) {
        answer(id, waiter -> true, new Patched.Refused(why));
    }

    void rewound(String id, int size) {
        answer(id, waiter -> true, new Patched.WrongOffset(size));
    }

    private void answer(String id, Predicate<Waiter> which, Patched answer) {
        List<Waiter> known = waiters.get(id);
        if (known == null) {
            return;
        }
        known.removeIf(waiter -> which.test(waiter) && waiter.answer.complete(answer));
        if (known.isEmpty()) {
            waiters.remove(id);
        }
    }
}
