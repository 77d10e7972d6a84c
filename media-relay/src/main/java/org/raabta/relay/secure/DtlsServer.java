package org.raabta.relay.secure;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.Fingerprint;

/**
 * Our side of one DTLS-SRTP handshake (RFC 5764): DTLS 1.2, ECDHE with an ECDSA certificate, extended master secret, and a
 * client certificate without which nobody could tell who it is. (The library offers its options by inheritance only.)
 */
@SuppressWarnings("JdkObsolete") // Hashtable and Vector are the library's parameter types
final class DtlsServer extends DefaultTlsServer {
    /**
     * The library's second would repeat whole flights on a link with a round trip of 1.5 s, just where there is no room for
     * them (RFC 6347, section 4.2.4.1 leaves the value to us).
     */
    static final int RESEND_MS = 3_000;

    static final int HANDSHAKE_TIMEOUT_MS = 60_000;

    private static final SignatureAndHashAlgorithm OURS =
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final DtlsIdentity identity;
    private final BcTlsCrypto crypto;
    private @Nullable SrtpProfile profile;
    private @Nullable Fingerprint peer;
    private @Nullable SrtpKeys keys;

    DtlsServer(DtlsIdentity identity, BcTlsCrypto crypto) {
        super(crypto);
        this.identity = identity;
        this.crypto = crypto;
    }

    /** After a completed handshake. */
    DtlsOutcome outcome() {
        SrtpKeys exported = keys;
        Fingerprint whose = peer;
        return exported == null || whose == null
                ? new DtlsOutcome.Failed()
                : new DtlsOutcome.Established(exported, whose);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        };
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return HANDSHAKE_TIMEOUT_MS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MS;
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    @SuppressWarnings("rawtypes") // the library's own signature
    public void processClientExtensions(@Nullable Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        UseSRTPData offered = clientExtensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(clientExtensions);
        profile = offered == null ? null : SrtpProfile.choose(offered.getProtectionProfiles());
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // the library's own signature
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        Hashtable<Object, Object> ours = extensions == null ? new Hashtable<>() : extensions;
        SrtpProfile chosen = profile;
        if (chosen != null) {
            TlsSRTPUtils.addUseSRTPExtension(ours, new UseSRTPData(new int[] {chosen.id()}, TlsUtils.EMPTY_BYTES));
        }
        return ours;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        TlsCertificate certificate;
        try {
            certificate = crypto.createCertificate(identity.certificate());
        } catch (IOException e) {
            throw new IllegalStateException("the identity was parsed at start", e);
        }
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.key(),
                new Certificate(new TlsCertificate[] {certificate}),
                OURS);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        algorithms.add(OURS);
        algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
        algorithms.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);
        algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, algorithms, null);
    }

    /** That the client has this certificate's key, the library checks afterwards (CertificateVerify). */
    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        if (clientCertificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no client certificate");
        }
        peer = DtlsIdentity.fingerprintOf(clientCertificate.getCertificateAt(0).getEncoded());
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SrtpProfile chosen = profile;
        if (chosen != null) {
            int bytes = SrtpKeys.materialBytes(chosen);
            keys = new SrtpKeys(chosen, context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, bytes));
        }
    }
}
