package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.score.Span;

class ItemStatisticsTest {
    private static final Span CALL = new Span(1_000, 61_000);

    private final List<Driver.Event> sender = new ArrayList<>();
    private final List<Driver.Event> receiver = new ArrayList<>();
    private final ItemStatistics items = new ItemStatistics(sender, receiver, CALL);

    @Test
    void aPhotoIsMeasuredFromTheRequestUntilItIsWhole() throws Exception {
        add(receiver, "clicked", 10_000, "'testid':'request-photo'");
        add(receiver, "clicked", 11_000, "'testid':'request-close'");
        add(sender, "itemPut", 13_000, "'id':'T','kind':'thumb','bytes':1500,'sha':'t'");
        add(sender, "itemPut", 13_000, "'id':'P','kind':'photo','bytes':100000,'w':1024,'h':768,'sha':'abc'");
        add(sender, "itemBegan", 14_000, "'id':'P'");
        add(sender, "itemDone", 54_000, "'id':'P','sentBytes':100400");
        add(receiver, "itemCame", 55_000, "'id':'P','kind':'photo','bytes':100000,'sha':'abc'");

        DirectionResult.Photo photo =
                Objects.requireNonNull(items.photo(span -> OptionalDouble.of(span.lengthMs() / 50_000)));

        assertThat(photo.ms()).isEqualTo(44_000);
        assertThat(photo.resentBytes()).isEqualTo(400);
        assertThat(photo.transfer()).isEqualTo(new DirectionResult.Transfer(1024, 768, 40_000, 20, true, 0.8));
    }

    @Test
    void anotherHashIsSaid() throws Exception {
        add(sender, "itemPut", 13_000, "'id':'P','kind':'photo','bytes':10,'sha':'abc'");
        add(sender, "itemBegan", 14_000, "'id':'P'");
        add(sender, "itemDone", 15_000, "'id':'P','sentBytes':10");
        add(receiver, "itemCame", 16_000, "'id':'P','kind':'photo','bytes':10,'sha':'abd'");

        DirectionResult.Photo photo = Objects.requireNonNull(items.photo(span -> OptionalDouble.empty()));
        assertThat(Objects.requireNonNull(photo.transfer()).sameHash()).isFalse();
    }

    @Test
    void oneThatDoesNotArriveHasNoTime() throws Exception {
        assertThat(items.photo(span -> OptionalDouble.empty())).isNull();
        add(sender, "itemPut", 13_000, "'id':'P','kind':'photo','bytes':10,'sha':'abc'");
        add(sender, "itemBegan", 14_000, "'id':'P'");

        assertThat(items.photo(span -> OptionalDouble.empty()))
                .isEqualTo(new DirectionResult.Photo(10, null, null, null));
    }

    @Test
    void theShownStillGrowsOlderUntilTheNextOneComes() throws Exception {
        // Taken a second before it is put, shown from the second after on.
        add(sender, "itemPut", 10_000, "'id':'A','kind':'still','bytes':2000,'ageMs':1000");
        add(receiver, "itemCame", 11_000, "'id':'A','kind':'still','bytes':2000,'ageMs':100");
        // Made by the relay: what it says counts.
        add(receiver, "itemCame", 21_000, "'id':'B','kind':'still','bytes':4000,'ageMs':500");
        add(receiver, "itemCame", 99_000, "'id':'C','kind':'still','bytes':9000,'ageMs':500");

        DirectionResult.Stills stills = Objects.requireNonNull(items.stills(true));

        assertThat(stills.count()).isEqualTo(2);
        assertThat(stills.bytesEach()).isEqualTo(3000);
        assertThat(stills.meanAgeMs()).isCloseTo(1250, within(1e-9));
        // 2 to 12 s old for ten seconds, 0.5 to 40.5 s for forty.
        assertThat(stills.medianAgeMs()).isCloseTo(15_750, within(800.0));
    }

    @Test
    void noneIsAFigureWhereSomeWereWanted() {
        assertThat(items.stills(false)).isNull();
        assertThat(items.stills(true)).isEqualTo(new DirectionResult.Stills(0, null, null, 0L));
    }

    private static void add(List<Driver.Event> to, String name, double atMs, String rest)
            throws JsonProcessingException {
        String json = ("{'event':'" + name + "'," + rest + "}").replace('\'', '"');
        to.add(new Driver.Event(name, atMs, new ObjectMapper().readTree(json)));
    }
}
