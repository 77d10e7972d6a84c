package org.raabta.relay.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The identity file: made once, read again, refused with a reason. */
class DtlsIdentityTest {
    @TempDir
    private Path directory;

    @Test
    void madeOnceAndReadAgain() throws IOException {
        Path file = directory.resolve("sub").resolve("dtls.pem");
        DtlsIdentity made = DtlsIdentity.loadOrCreate(file);
        DtlsIdentity read = DtlsIdentity.loadOrCreate(file);

        assertThat(read.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(DtlsIdentity.generate().fingerprint()).isNotEqualTo(made.fingerprint());
    }

    @Test
    void aWrongFileIsNamedWithItsFault() throws IOException {
        Path file = directory.resolve("dtls.pem");
        Path other = directory.resolve("other.pem");
        DtlsIdentity.loadOrCreate(file);
        DtlsIdentity.loadOrCreate(other);
        String mine = Files.readString(file);
        String theirs = Files.readString(other);
        int keyAt = mine.indexOf("-----BEGIN PRIVATE");

        refused(file, "", "no certificate");
        refused(file, "hello", "no certificate");
        refused(file, mine.substring(0, keyAt), "no EC private key");
        refused(file, mine.substring(keyAt), "no certificate");
        refused(
                file,
                mine.substring(0, keyAt) + theirs.substring(theirs.indexOf("-----BEGIN PRIVATE")),
                "not the certificate's");
        refused(file, mine.replace("MI", "!!"), "");
    }

    private static void refused(Path file, String content, String why) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> DtlsIdentity.loadOrCreate(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("identity file " + file)
                .hasMessageContaining(why);
    }
}
