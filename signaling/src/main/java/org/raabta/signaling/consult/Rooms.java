package org.raabta.signaling.consult;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.raabta.adapter.profile.Profile;

/** The rooms of this server: loaded from the records when somebody first asks, given up when empty. */
public final class Rooms {
    private final List<EventExecutor> loops;
    private final Services services;
    private final Map<Long, CompletableFuture<Optional<Room>>> rooms = new ConcurrentHashMap<>();

    /** @param loops each consultation belongs to one of them for good */
    public Rooms(List<EventExecutor> loops, Services services) {
        this.loops = List.copyOf(loops);
        this.services = services;
    }

    /** Runs {@code action} with the room of {@code consult}, on its loop; nothing if there is no such consultation. */
    public <T> CompletionStage<Optional<T>> with(long consult, Function<Room, T> action) {
        CompletableFuture<Optional<Room>> loading = rooms.computeIfAbsent(consult, this::load);
        return loading.whenComplete((room, failure) -> {
                    if (failure != null || room.isEmpty()) {
                        rooms.remove(consult, loading);
                    }
                })
                .thenCompose(room -> room.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.<T>empty())
                        : room.get().ask(action).thenCompose(answer -> {
                            if (answer.isPresent()) {
                                return CompletableFuture.completedFuture(answer);
                            }
                            // It closed while we were on the way: the next one is made from the records.
                            rooms.remove(consult, loading);
                            return with(consult, action);
                        }));
    }

    /** What {@code look} sees in every room that is open now, on its loop; in no order. */
    public <T> CompletionStage<List<T>> live(Function<Room, T> look) {
        List<CompletableFuture<Optional<T>>> looks = rooms.values().stream()
                .filter(loading -> loading.isDone() && !loading.isCompletedExceptionally())
                .flatMap(loading -> loading.join().stream())
                .map(room -> room.ask(look))
                .toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture<?>[]::new))
                .thenApply(all ->
                        looks.stream().flatMap(seen -> seen.join().stream()).toList());
    }

    /** Tells every page that the server stops. Completes when all rooms have said so. */
    public CompletionStage<Void> restarting() {
        CompletableFuture<?>[] all = rooms.values().stream()
                .map(loading -> loading.thenCompose(room -> room.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : room.get().ask(open -> {
                            open.restarting();
                            return true;
                        })))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    private CompletableFuture<Optional<Room>> load(long consult) {
        EventExecutor loop = loops.get((int) Math.floorMod(consult, (long) loops.size()));
        return services.records()
                .find(consult)
                .thenApplyAsync(found -> found.map(row -> {
                    // Off every loop: a profile may be a file.
                    Profile profile = services.profiles().current(row.profile());
                    Room room = new Room(row, profile, loop, services, closed -> rooms.remove(consult));
                    room.submit(Room::start);
                    return room;
                }));
    }
}
