package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
    private static final InetAddress LOOPBACK = loopback();

    @TempDir
    Path directory;

    @Test
    void theChainWeighsWhatChainsInTheWorldDo() throws Exception {
        Collection<? extends Certificate> chain =
                certificates(Authority.issue(directory, "127.0.0.1").chain());

        int bytes = 0;
        for (Certificate certificate : chain) {
            bytes += certificate.getEncoded().length;
        }
        assertThat(chain).hasSize(2);
        assertThat(bytes).isBetween(Authority.CHAIN_BYTES, Authority.CHAIN_BYTES + 150);
    }

    @Test
    void aClientThatTrustsTheRootAcceptsTheServerAtItsAddress() throws Exception {
        Authority authority = Authority.issue(directory, "127.0.0.1");
        try (SSLServerSocket server = (SSLServerSocket)
                        serverContext(authority).getServerSocketFactory().createServerSocket(0, 1, LOOPBACK);
                SSLSocket client = (SSLSocket)
                        clientContext(authority).getSocketFactory().createSocket(LOOPBACK, server.getLocalPort())) {
            CompletableFuture<Integer> said = CompletableFuture.supplyAsync(() -> firstByte(server));
            SSLParameters parameters = client.getSSLParameters();
            // As a browser does: the certificate must be for this address.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            client.setSSLParameters(parameters);
            client.getOutputStream().write(42);

            assertThat(said.get()).isEqualTo(42);
        }
    }

    private static int firstByte(SSLServerSocket server) {
        try (SSLSocket accepted = (SSLSocket) server.accept()) {
            return accepted.getInputStream().read();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SSLContext serverContext(Authority authority) throws Exception {
        String pem = Files.readString(authority.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))),
                new char[0],
                certificates(authority.chain()).toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext clientContext(Authority authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", (X509Certificate)
                certificates(authority.root()).iterator().next());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> certificates(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    /** Without a name, so that the certificate is held against the address. */
    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
