package dev.moorage.kubeserver.http;

import dev.moorage.base.Entropy;
import dev.moorage.base.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes an authority and the server's certificate: ECDSA on P-256.
final class Certificates {
  private static final Duration VALID = Duration.ofDays(3650);
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
  private static final int SERIAL_BYTES = 16;
  private static final X500Name CA = new X500Name("CN=moorage-ca");
  private static final X500Name SERVER = new X500Name("CN=moorage-api-server");

  private final Instant now;
  private final Entropy entropy;

  Certificates(Instant now, Entropy entropy) {
    this.now = now;
    this.entropy = entropy;
  }

  Identity issue(Secret token) {
    try {
      var ca = newKeys();
      var server = newKeys();
      return new Identity(
          Pem.block("CERTIFICATE", authority(ca)),
          Pem.block("CERTIFICATE", server(server, ca.getPrivate())),
          new Secret(Pem.block("PRIVATE KEY", server.getPrivate().getEncoded())),
          token);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("no certificate could be made: " + e.getMessage(), e);
    }
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private byte[] authority(KeyPair keys) throws IOException, OperatorCreationException {
    var builder = builder(CA, keys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
    return signed(builder, keys.getPrivate());
  }

  private byte[] server(KeyPair keys, PrivateKey ca) throws IOException, OperatorCreationException {
    var builder = builder(SERVER, keys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(Extension.subjectAlternativeName, false, names());
    return signed(builder, ca);
  }

  private static GeneralNames names() {
    var names = new ArrayList<GeneralName>();
    for (String name :
        List.of(
            "localhost",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local"))
      names.add(new GeneralName(GeneralName.dNSName, name));
    for (String address : List.of("127.0.0.1", "::1"))
      names.add(new GeneralName(GeneralName.iPAddress, address));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair keys) {
    return new X509v3CertificateBuilder(
        CA,
        new BigInteger(entropy.token(SERIAL_BYTES).reveal(), 16).setBit(0),
        time(now.minus(CLOCKS_DIFFER)),
        time(now.plus(VALID)),
        subject,
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
  }

  private static Time time(Instant time) {
    var format = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    return new Time(new DERUTCTime(format.format(time)));
  }

  private static byte[] signed(X509v3CertificateBuilder builder, PrivateKey by)
      throws IOException, OperatorCreationException {
    return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)).getEncoded();
  }
}
