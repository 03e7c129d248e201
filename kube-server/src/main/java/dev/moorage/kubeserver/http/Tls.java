package dev.moorage.kubeserver.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The server's side of TLS.
final class Tls {
  private Tls() {}

  static SSLContext context(Identity identity) {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store(identity), new char[0]);
      var context = SSLContext.getInstance("TLS");
      // Nobody shows a certificate here. Without this the JDK would read all public authorities.
      context.init(keys.getKeyManagers(), new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the identity cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore store(Identity identity) throws GeneralSecurityException, IOException {
    var key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(bytes(identity.key().reveal())));
    var chain =
        new Certificate[] {
          certificate(identity.certificate()), certificate(identity.caCertificate())
        };
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, new char[0], chain);
    return store;
  }

  private static Certificate certificate(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(bytes(pem)));
  }

  private static byte[] bytes(String pem) {
    return Pem.blocks(pem).getFirst().bytes();
  }
}
