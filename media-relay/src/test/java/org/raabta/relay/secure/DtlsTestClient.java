package org.raabta.relay.secure;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.Objects;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.Fingerprint;

/** The client's side of DTLS-SRTP, as a browser would do it. */
@SuppressWarnings("JdkObsolete") // the library's parameter types
public final class DtlsTestClient extends DefaultTlsClient {
    private final BcTlsCrypto crypto;
    private final DtlsIdentity identity;
    private final SrtpProfile[] offered;
    private @Nullable SrtpProfile chosen;
    private @Nullable Fingerprint server;
    private @Nullable SrtpKeys keys;

    public DtlsTestClient(DtlsIdentity identity, SrtpProfile... offered) {
        this(new BcTlsCrypto(new SecureRandom()), identity, offered);
    }

    private DtlsTestClient(BcTlsCrypto crypto, DtlsIdentity identity, SrtpProfile... offered) {
        super(crypto);
        this.crypto = crypto;
        this.identity = identity;
        this.offered = offered;
    }

    /** Shakes hands; blocks. */
    public DTLSTransport connect(DatagramTransport transport) throws IOException {
        return new DTLSClientProtocol().connect(this, transport);
    }

    public SrtpKeys keys() {
        return Objects.requireNonNull(keys, "no handshake");
    }

    public Fingerprint serverFingerprint() {
        return Objects.requireNonNull(server, "no handshake");
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return 250;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return 20_000;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Hashtable getClientExtensions() throws IOException {
        Hashtable<Object, Object> extensions = super.getClientExtensions();
        int[] ids = new int[offered.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = offered[i].id();
        }
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        chosen = SrtpProfile.choose(TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles());
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                server = DtlsIdentity.fingerprintOf(
                        certificate.getCertificate().getCertificateAt(0).getEncoded());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return new BcDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        crypto,
                        identity.key(),
                        new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())}),
                        new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SrtpProfile profile = Objects.requireNonNull(chosen, "the server chose no profile");
        keys = new SrtpKeys(
                profile, context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.materialBytes(profile)));
    }
}
