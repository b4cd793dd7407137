"""Checks of webhooks. Headers by their lower-case names; body as bytes, before anything parsed it."""
import base64
import hashlib
import hmac
import sys
import time

FIVE_MINUTES_S = 300


def is_recent(timestamp, now=None):
    return abs((time.time() if now is None else now) - int(timestamp)) <= FIVE_MINUTES_S


def signatures(headers, version):
    parts = headers["webhook-signature"].split(" ")
    return [base64.b64decode(part.split(",", 1)[1]) for part in parts if part.startswith(version + ",")]


def signed_text(headers, body):
    return f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body


def holds_standard(secret, headers, body, now=None):
    """Standard Webhooks with the endpoint's secret, whsec_…"""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = hmac.new(key, signed_text(headers, body), hashlib.sha256).digest()
    held = any(hmac.compare_digest(one, expected) for one in signatures(headers, "v1"))
    return is_recent(headers["webhook-timestamp"], now) and held


def holds_ed25519(public_key, headers, body, now=None):
    """Standard Webhooks with the endpoint's public key, whpk_…; needs the package cryptography."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key.removeprefix("whpk_")))
    if not is_recent(headers["webhook-timestamp"], now):
        return False
    for one in signatures(headers, "v1a"):
        try:
            key.verify(one, signed_text(headers, body))
            return True
        except InvalidSignature:
            continue
    return False


def holds_classic(secret, target, headers, body, now=None):
    """The classic scheme. target: path and query as they arrived; the key is the whole secret."""
    lines = ["POST", target, headers["x-timestamp"], headers["x-nonce"], hashlib.sha256(body).hexdigest()]
    expected = hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()
    return is_recent(headers["x-timestamp"], now) and hmac.compare_digest(expected, headers["x-signature"])


def main():
    """Lines of scheme, key, id or target, timestamp, nonce, signature and body in base64; `now` is the timestamp."""
    for line in sys.stdin:
        scheme, key, name, timestamp, nonce, signature, encoded = line.rstrip("\n").split("\t")
        body, now = base64.b64decode(encoded), int(timestamp)
        standard = {"webhook-id": name, "webhook-timestamp": timestamp, "webhook-signature": signature}
        classic = {"x-timestamp": timestamp, "x-nonce": nonce, "x-signature": signature}
        if scheme == "v1":
            holds = holds_standard(key, standard, body, now)
        elif scheme == "v1a":
            holds = holds_ed25519(key, standard, body, now)
        else:
            holds = holds_classic(key, name, classic, body, now)
        print(str(holds).lower())


if __name__ == "__main__":
    main()
