package org.raabta.relay.secure;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.raabta.relay.control.Fingerprint;

/** The relay's self-signed certificate and its key: one PEM file, ECDSA P-256 (RFC 8827, section 6.5). */
public final class DtlsIdentity {
    /** Peers compare the fingerprint, not the dates; a page keeps the fingerprint between visits, so it lives long. */
    private static final int VALID_DAYS = 3650;

    private final byte[] certificate;
    private final ECPrivateKeyParameters key;

    private DtlsIdentity(byte[] certificate, ECPrivateKeyParameters key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Reads the identity from {@code file}, or makes one there, readable by its owner only.
     *
     * @throws IOException with a message that names the file and what is wrong with it
     */
    public static DtlsIdentity loadOrCreate(Path file) throws IOException {
        String pem;
        try {
            pem = Files.readString(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException missing) {
            return create(file);
        }
        return parse(pem, file);
    }

    /** A fresh identity in memory only. */
    public static DtlsIdentity generate() throws IOException {
        SecureRandom random = new SecureRandom();
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                        SECObjectIdentifiers.secp256r1, ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1)),
                random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=raabta");
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(63, random).add(BigInteger.ONE),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(VALID_DAYS, ChronoUnit.DAYS)),
                name,
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
        try {
            AlgorithmIdentifier signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
            AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
            X509CertificateHolder holder =
                    builder.build(new BcECContentSignerBuilder(signature, digest).build(pair.getPrivate()));
            return new DtlsIdentity(holder.getEncoded(), (ECPrivateKeyParameters) pair.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IOException("cannot sign the DTLS certificate", e);
        }
    }

    /** SHA-256 of the certificate. */
    public Fingerprint fingerprint() {
        return fingerprintOf(certificate);
    }

    byte[] certificate() {
        return certificate.clone();
    }

    ECPrivateKeyParameters key() {
        return key;
    }

    static Fingerprint fingerprintOf(byte[] certificate) {
        try {
            return Fingerprint.ofBytes(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static DtlsIdentity create(Path file) throws IOException {
        DtlsIdentity identity = generate();
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject("CERTIFICATE", identity.certificate));
            writer.writeObject(new PemObject(
                    "PRIVATE KEY",
                    PrivateKeyInfoFactory.createPrivateKeyInfo(identity.key).getEncoded()));
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        // Written aside and moved, so that a crash in between leaves no half file; the mode is there from the start.
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, ownerOnly(aside));
        Files.writeString(aside, text.toString(), StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        return identity;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static DtlsIdentity parse(String pem, Path file) throws IOException {
        X509CertificateHolder certificate = null;
        ECPrivateKeyParameters key = null;
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder holder && certificate == null) {
                    certificate = holder;
                } else if (next instanceof PrivateKeyInfo info
                        && PrivateKeyFactory.createKey(info) instanceof ECPrivateKeyParameters ec) {
                    key = ec;
                }
            }
            if (certificate == null) {
                throw new IOException("identity file " + file + " has no certificate in it");
            }
            if (key == null) {
                throw new IOException("identity file " + file + " has no EC private key (PKCS #8) in it");
            }
            SubjectPublicKeyInfo info = certificate.getSubjectPublicKeyInfo();
            if (!(PublicKeyFactory.createKey(info) instanceof ECPublicKeyParameters publicKey)
                    || publicKey.getParameters().getCurve().getFieldSize() != 256
                    || !Arrays.equals(
                            publicKey.getQ().getEncoded(false),
                            publicKey
                                    .getParameters()
                                    .getG()
                                    .multiply(key.getD())
                                    .normalize()
                                    .getEncoded(false))) {
                throw new IOException("identity file " + file + ": the key is not the certificate's, or not P-256");
            }
            return new DtlsIdentity(certificate.getEncoded(), key);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException("identity file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
