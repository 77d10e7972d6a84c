package org.raabta.signaling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemFilesTest {
    private static final String SECRET = "a storage key of the test";
    private static final ItemFiles.Limits ROOMY = new ItemFiles.Limits(1 << 20, 0);
    private static final String ITEM = "AAAAaaaa0000-_zz";

    @TempDir
    private Path directory;

    private ItemFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new ItemFiles(directory, new Vault(SECRET), ROOMY);
    }

    @AfterEach
    void close() {
        files.close();
    }

    /** Another life of the server: nothing of the last one is kept in mind. */
    private void reopen(String secret, ItemFiles.Limits limits) throws IOException {
        files.close();
        files = new ItemFiles(directory, new Vault(secret), limits);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static void fails(CompletableFuture<?> future, StoreException.Reason reason) {
        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path file() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void partsGoOnAfterARestartAndAreNotReadableOnTheDisk() throws Exception {
        assertThat(get(files.append(7, ITEM, 0, text("a wound ")))).isEqualTo(8);
        reopen(SECRET, ROOMY);
        assertThat(get(files.sizes(7))).containsEntry(ITEM, 8);
        assertThat(get(files.append(7, ITEM, 8, text("on the hand")))).isEqualTo(19);
        assertThat(get(files.read(7, ITEM))).isEqualTo(text("a wound on the hand"));
        assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
                .doesNotContain("wound");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aTornEndCostsTheLastPartAndNothingElse() throws Exception {
        get(files.append(7, ITEM, 0, text("whole ")));
        get(files.append(7, ITEM, 6, text("torn")));
        long whole = Files.size(file());
        for (int cut = 1; cut < 4 + Vault.OVERHEAD_BYTES + 4; cut++) {
            byte[] bytes = Files.readAllBytes(file());
            files.close();
            Files.write(file(), java.util.Arrays.copyOf(bytes, (int) whole - cut));
            files = new ItemFiles(directory, new Vault(SECRET), ROOMY);
            assertThat(get(files.sizes(7))).as("cut by %d", cut).containsEntry(ITEM, 6);
            assertThat(get(files.append(7, ITEM, 6, text("torn")))).isEqualTo(10);
            assertThat(get(files.read(7, ITEM))).isEqualTo(text("whole torn"));
        }
    }

    @Test
    void garbageAtTheEndIsNotTakenForAPart() throws Exception {
        get(files.append(7, ITEM, 0, text("whole")));
        reopen(SECRET, ROOMY);
        Files.write(file(), new byte[300], StandardOpenOption.APPEND);
        assertThat(get(files.sizes(7))).containsEntry(ITEM, 5);
    }

    @Test
    void anotherKeyAndAnotherPlaceReadNothing() throws Exception {
        get(files.append(7, ITEM, 0, text("whole")));
        Path moved = Files.createDirectories(directory.resolve("8")).resolve(ITEM);
        Files.copy(file(), moved);
        assertThat(get(files.sizes(8))).as("in another consultation's place").containsEntry(ITEM, 0);
        reopen("another key of the test", ROOMY);
        assertThat(get(files.sizes(7))).containsEntry(ITEM, 0);
        reopen(SECRET, ROOMY);
        assertThat(get(files.read(7, ITEM)))
                .as("looking with a wrong key costs nothing")
                .isEqualTo(text("whole"));
    }

    @Test
    void bytesThatDoNotGoOnAreRefused() throws Exception {
        get(files.append(7, ITEM, 0, text("whole")));
        fails(files.append(7, ITEM, 4, text("again")), StoreException.Reason.WRONG_OFFSET);
        fails(files.append(7, ITEM, 6, text("a gap")), StoreException.Reason.WRONG_OFFSET);
        assertThat(get(files.read(7, ITEM))).isEqualTo(text("whole"));
        fails(files.read(7, "BBBBbbbb0000-_zz"), StoreException.Reason.MISSING);
        assertThatThrownBy(() -> get(files.read(7, "../../token.key")))
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFullDiskAndAFullClinicAreSaidAndLeaveNothing() throws Exception {
        reopen(SECRET, new ItemFiles.Limits(1 << 20, Long.MAX_VALUE / 2));
        fails(files.append(7, ITEM, 0, text("whole")), StoreException.Reason.DISK_FULL);
        reopen(SECRET, new ItemFiles.Limits(100, 0));
        get(files.append(7, ITEM, 0, text("whole")));
        fails(files.append(7, ITEM, 5, new byte[100]), StoreException.Reason.CLINIC_FULL);
        assertThat(get(files.read(7, ITEM))).isEqualTo(text("whole"));
        get(files.delete(7, ITEM));
        assertThat(get(files.totalBytes())).isZero();
        get(files.append(7, ITEM, 0, text("again")));
    }

    @Test
    void whatTakesTheUploadsPlaceIsWhole() throws Exception {
        get(files.append(7, ITEM, 0, text("with the place ")));
        get(files.append(7, ITEM, 15, text("it was taken")));
        get(files.replace(7, ITEM, text("without")));
        assertThat(get(files.read(7, ITEM))).isEqualTo(text("without"));
        reopen(SECRET, ROOMY);
        assertThat(get(files.read(7, ITEM))).isEqualTo(text("without"));
        assertThat(get(files.totalBytes())).isEqualTo(Files.size(file()));
    }

    @Test
    void deletedIsGone() throws Exception {
        get(files.append(7, ITEM, 0, text("whole")));
        Path file = file();
        // A second name for the same bytes: what the disk keeps of a deleted file.
        Path rest = Files.createLink(directory.resolve("rest"), file);
        get(files.deleteAll(7));
        assertThat(file).doesNotExist();
        assertThat(file.getParent()).doesNotExist();
        assertThat(java.util.Arrays.copyOf(Files.readAllBytes(rest), 40))
                .as("without its salt")
                .containsOnly(0);
    }

    @Test
    void aHalfMadeReplacementIsSweptAtTheStart() throws Exception {
        get(files.append(7, ITEM, 0, text("whole")));
        Files.writeString(file().resolveSibling(ITEM + ".tmp"), "half");
        reopen(SECRET, ROOMY);
        assertThat(get(files.sizes(7)).keySet()).containsExactly(ITEM);
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(1);
        }
        assertThat(get(files.consults())).containsExactly(7L);
    }
}
