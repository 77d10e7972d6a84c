package org.raabta.bench.live;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
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
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The bench's own certificate authority: a browser that trusts {@link #root} gets a TLS handshake of the size that it has
 * in the world, where leaf and intermediate carry timestamps, policies and addresses that a bare certificate lacks.
 *
 * @param root  PEM, for the browsers
 * @param chain PEM, leaf and intermediate, for the server
 * @param key   PEM (PKCS #8), the leaf's
 */
record Authority(Path root, Path chain, Path key) {
    /** What leaf and intermediate weigh together at least, in DER. */
    static final int CHAIN_BYTES = 2200;

    private static final Duration VALID = Duration.ofDays(30);
    /** Under the arc for examples (RFC 7299's neighbour 1.3.6.1.4.1.32473, RFC 5612): bytes that stand for what public authorities add. */
    private static final ASN1ObjectIdentifier FILLING = new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.1");

    private static final int EMPTY_FILLING_BYTES = 24;

    private static final class Issuing {
        private final SecureRandom random = new SecureRandom();
        private final Instant now = Instant.now();

        KeyPair keys() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        }

        JcaX509v3CertificateBuilder certificate(X500Name issuer, X500Name subject, KeyPair subjectKeys) {
            return new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(127, random),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(VALID)),
                    subject,
                    subjectKeys.getPublic());
        }

        X509CertificateHolder sign(JcaX509v3CertificateBuilder certificate, KeyPair issuer)
                throws OperatorCreationException {
            return certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate()));
        }

        /** Random, so that no compression takes it away. */
        void fill(JcaX509v3CertificateBuilder certificate, int bytes) throws IOException {
            byte[] filling = new byte[bytes];
            random.nextBytes(filling);
            certificate.addExtension(FILLING, false, new DEROctetString(filling));
        }
    }

    /** Makes a chain for a server at an IP address and writes all files into {@code directory}. */
    static Authority issue(Path directory, String address) throws IOException {
        try {
            Issuing issuing = new Issuing();
            KeyPair rootKeys = issuing.keys();
            X500Name rootName = new X500Name("CN=Raabta bench root");
            JcaX509v3CertificateBuilder root = issuing.certificate(rootName, rootName, rootKeys);
            root.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
            root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));

            KeyPair middleKeys = issuing.keys();
            X500Name middleName = new X500Name("CN=Raabta bench intermediate,O=Raabta bench,C=PK");
            JcaX509v3CertificateBuilder middle = issuing.certificate(rootName, middleName, middleKeys);
            middle.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            middle.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));

            KeyPair leafKeys = issuing.keys();
            JcaX509v3CertificateBuilder leaf = issuing.certificate(middleName, new X500Name("CN=" + address), leafKeys);
            leaf.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
            leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));

            int bare = issuing.sign(middle, rootKeys).getEncoded().length
                    + issuing.sign(leaf, middleKeys).getEncoded().length;
            // Signatures vary by a few bytes in length.
            int each = Math.max(0, CHAIN_BYTES - bare) / 2 + EMPTY_FILLING_BYTES;
            issuing.fill(middle, each);
            issuing.fill(leaf, each);

            Authority authority = new Authority(
                    directory.resolve("root.pem"), directory.resolve("chain.pem"), directory.resolve("key.pem"));
            Files.writeString(authority.root, pem(issuing.sign(root, rootKeys)));
            Files.writeString(authority.chain, pem(issuing.sign(leaf, middleKeys), issuing.sign(middle, rootKeys)));
            Files.writeString(authority.key, pem(new JcaPKCS8Generator(leafKeys.getPrivate(), null)));
            return authority;
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("this Java has no ECDSA", e);
        }
    }

    private static String pem(Object... objects) throws IOException {
        Writer text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }
}
