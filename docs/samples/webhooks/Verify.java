import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks of webhooks, Java 17 without libraries. The body is taken as bytes, before anything parsed it. */
public final class Verify {
  private static final long FIVE_MINUTES_S = 300;
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  static boolean isRecent(String timestamp, long nowS) {
    return Math.abs(nowS - Long.parseLong(timestamp)) <= FIVE_MINUTES_S;
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  static byte[] signedText(String id, String timestamp, byte[] body) {
    return concat((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8), body);
  }

  /** Standard Webhooks with the endpoint's secret, whsec_… ; `header` is webhook-signature. */
  static boolean holdsStandard(String secret, String id, String timestamp, String header, byte[] body, long nowS)
      throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    byte[] expected = hmac(key, signedText(id, timestamp, body));
    boolean holds = false;
    for (String part : header.split(" "))
      if (part.startsWith("v1,")) holds |= MessageDigest.isEqual(expected, Base64.getDecoder().decode(part.substring(3)));
    return holds && isRecent(timestamp, nowS);
  }

  /** Standard Webhooks with the endpoint's public key, whpk_… */
  static boolean holdsEd25519(String publicKey, String id, String timestamp, String header, byte[] body, long nowS)
      throws GeneralSecurityException {
    byte[] raw = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
    var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(concat(ED25519_PREFIX, raw)));
    boolean holds = false;
    for (String part : header.split(" ")) {
      if (!part.startsWith("v1a,")) continue;
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(signedText(id, timestamp, body));
      holds |= check.verify(Base64.getDecoder().decode(part.substring(4)));
    }
    return holds && isRecent(timestamp, nowS);
  }

  /** The classic scheme. `target`: path and query as they arrived; the key is the whole secret. */
  static boolean holdsClassic(
      String secret, String target, String timestamp, String nonce, String signature, byte[] body, long nowS)
      throws GeneralSecurityException {
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    String lines = String.join("\n", "POST", target, timestamp, nonce, hash);
    byte[] expected = hmac(secret.getBytes(StandardCharsets.UTF_8), lines.getBytes(StandardCharsets.UTF_8));
    byte[] given = HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(given, signature.getBytes(StandardCharsets.US_ASCII)) && isRecent(timestamp, nowS);
  }

  /** Lines of scheme, key, id or target, timestamp, nonce, signature and body in base64; `now` is the timestamp. */
  public static void main(String[] args) throws Exception {
    for (String line : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
      String[] part = line.split("\t");
      byte[] body = Base64.getDecoder().decode(part[6]);
      long now = Long.parseLong(part[3]);
      System.out.println(
          switch (part[0]) {
            case "v1" -> holdsStandard(part[1], part[2], part[3], part[5], body, now);
            case "v1a" -> holdsEd25519(part[1], part[2], part[3], part[5], body, now);
            default -> holdsClassic(part[1], part[2], part[3], part[4], part[5], body, now);
          });
    }
  }
}
