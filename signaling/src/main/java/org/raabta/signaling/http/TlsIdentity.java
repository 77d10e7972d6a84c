package org.raabta.signaling.http;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.raabta.signaling.link.KeyFile;

/** The server's TLS certificate: given, or made once (ECDSA P-256, self-signed) and kept. */
public final class TlsIdentity {
    private static final Duration VALID = Duration.ofDays(3650);
    /** A phone that comes back within a day spares the certificates. */
    private static final int SESSION_SECONDS = 86_400;
    /** Sessions that are kept; one is some 3 KB of memory. */
    private static final int SESSIONS = 20_000;

    static {
        // A ticket that carries the session carries our certificates as well: 2.8 KB down on a first visit and up on
        // the next,
        // two seconds of a GPRS uplink. A ticket that names a session in our memory is 100 bytes. The JDK looks at this
        // once.
        System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
    }

    private TlsIdentity() {}

    /** Makes {@code tls.crt} and {@code tls.key} in {@code directory} unless they are there. */
    public static SslContext made(Path directory, List<String> hosts) throws IOException {
        Path certificate = directory.resolve("tls.crt");
        Path key = directory.resolve("tls.key");
        if (!Files.exists(certificate) || !Files.exists(key)) {
            Files.deleteIfExists(certificate);
            Files.deleteIfExists(key);
            make(certificate, key, hosts);
        }
        return given(certificate, key);
    }

    /** TLS 1.3, and 1.2 with ECDHE and AEAD only. @throws IOException if the files cannot be used */
    public static SslContext given(Path certificate, Path key) throws IOException {
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .sessionCacheSize(SESSIONS)
                    .sessionTimeout(SESSION_SECONDS)
                    .ciphers(
                            Http2SecurityUtil.CIPHERS.stream()
                                    .filter(cipher -> !cipher.startsWith("TLS_RSA"))
                                    .toList(),
                            SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use certificate " + certificate + " with key " + key, e);
        }
    }

    private static void make(Path certificate, Path key, List<String> hosts) throws IOException {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=raabta");
            Instant now = Instant.now();
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    name,
                    new BigInteger(127, random).setBit(126),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(VALID)),
                    name,
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            GeneralName[] names = hosts.stream()
                    .distinct()
                    .map(host -> new GeneralName(
                            host.matches("[0-9.]+") || host.indexOf(':') >= 0
                                    ? GeneralName.iPAddress
                                    : GeneralName.dNSName,
                            host))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            KeyFile.write(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            KeyFile.write(certificate, pem("CERTIFICATE", der));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK makes ECDSA P-256 keys", e);
        }
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
