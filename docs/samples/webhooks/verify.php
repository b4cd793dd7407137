<?php
// Checks of webhooks, PHP 8 with sodium. The body is taken as it came: file_get_contents('php://input').
declare(strict_types=1);

const FIVE_MINUTES_S = 300;

function is_recent(string $timestamp, int $now): bool
{
    return abs($now - (int) $timestamp) <= FIVE_MINUTES_S;
}

/** @return list<string> */
function signatures(string $header, string $version): array
{
    $parts = array_filter(explode(' ', $header), fn (string $part) => str_starts_with($part, "$version,"));
    return array_values(array_map(fn (string $part) => (string) base64_decode(substr($part, strlen($version) + 1)), $parts));
}

/** Standard Webhooks with the endpoint's secret, whsec_…; $header is webhook-signature. */
function holds_standard(string $secret, string $id, string $timestamp, string $header, string $body, int $now): bool
{
    $key = (string) base64_decode(substr($secret, strlen('whsec_')));
    $expected = hash_hmac('sha256', "$id.$timestamp.$body", $key, true);
    foreach (signatures($header, 'v1') as $one) {
        if (hash_equals($expected, $one)) {
            return is_recent($timestamp, $now);
        }
    }
    return false;
}

/** Standard Webhooks with the endpoint's public key, whpk_… */
function holds_ed25519(string $publicKey, string $id, string $timestamp, string $header, string $body, int $now): bool
{
    $key = (string) base64_decode(substr($publicKey, strlen('whpk_')));
    foreach (signatures($header, 'v1a') as $one) {
        if (strlen($one) === 64 && sodium_crypto_sign_verify_detached($one, "$id.$timestamp.$body", $key)) {
            return is_recent($timestamp, $now);
        }
    }
    return false;
}

/** The classic scheme. $target: path and query as they arrived; the key is the whole secret. */
function holds_classic(string $secret, string $target, string $timestamp, string $nonce, string $signature, string $body, int $now): bool
{
    $lines = implode("\n", ['POST', $target, $timestamp, $nonce, hash('sha256', $body)]);
    return hash_equals(hash_hmac('sha256', $lines, $secret), $signature) && is_recent($timestamp, $now);
}

// Lines of scheme, key, id or target, timestamp, nonce, signature and body in base64; `now` is the timestamp.
if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    while (($line = fgets(STDIN)) !== false) {
        [$scheme, $key, $name, $timestamp, $nonce, $signature, $encoded] = explode("\t", rtrim($line, "\n"));
        [$body, $now] = [(string) base64_decode($encoded), (int) $timestamp];
        $holds = match ($scheme) {
            'v1' => holds_standard($key, $name, $timestamp, $signature, $body, $now),
            'v1a' => holds_ed25519($key, $name, $timestamp, $signature, $body, $now),
            default => holds_classic($key, $name, $timestamp, $nonce, $signature, $body, $now),
        };
        echo $holds ? 'true' : 'false', "\n";
    }
}
