package org.raabta.bench.load;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.secure.SrtpKeys;
import org.raabta.relay.secure.SrtpProfile;

/** The client's side of DTLS-SRTP (RFC 5764). The library offers its options by inheritance only. */
final class DtlsClient extends DefaultTlsClient {
    private final ClientIdentity identity;
    private final BcTlsCrypto crypto;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;

    DtlsClient(ClientIdentity identity, BcTlsCrypto crypto) {
        super(crypto);
        this.identity = identity;
        this.crypto = crypto;
    }

    /** After the handshake. */
    SrtpKeys keys() throws IOException {
        SrtpKeys exported = keys;
        if (exported == null) {
            throw new IOException("the handshake gave no SRTP keys");
        }
        return exported;
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
    @SuppressWarnings({"unchecked", "rawtypes"}) // the library's own signature
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        Hashtable<Object, Object> ours = extensions == null ? new Hashtable<>() : extensions;
        int[] offered = {SrtpProfile.AES128_CM_HMAC_SHA1_80.id(), SrtpProfile.AEAD_AES_128_GCM.id()};
        TlsSRTPUtils.addUseSRTPExtension(ours, new UseSRTPData(offered, TlsUtils.EMPTY_BYTES));
        return ours;
    }

    @Override
    @SuppressWarnings("rawtypes") // the library's own signature
    public void processServerExtensions(@Nullable Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        UseSRTPData chosen = serverExtensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(serverExtensions);
        if (chosen == null || chosen.getProtectionProfiles().length != 1) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
        for (SrtpProfile known : SrtpProfile.values()) {
            if (known.id() == chosen.getProtectionProfiles()[0]) {
                profile = known;
            }
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) {
                // A load on one's own server: who answers is not in question.
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
        SrtpProfile chosen = profile;
        if (chosen != null) {
            keys = new SrtpKeys(
                    chosen,
                    context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.materialBytes(chosen)));
        }
    }
}
