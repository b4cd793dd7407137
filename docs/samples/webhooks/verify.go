// Checks of webhooks with the standard library. The body is taken as bytes, before anything parsed it.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const fiveMinutesS = 300

func isRecent(timestamp string, nowS int64) bool {
	at, err := strconv.ParseInt(timestamp, 10, 64)
	return err == nil && nowS-at <= fiveMinutesS && at-nowS <= fiveMinutesS
}

func signatures(header, version string) [][]byte {
	var found [][]byte
	for _, part := range strings.Split(header, " ") {
		if !strings.HasPrefix(part, version+",") {
			continue
		}
		if decoded, err := base64.StdEncoding.DecodeString(part[len(version)+1:]); err == nil {
			found = append(found, decoded)
		}
	}
	return found
}

func mac(key, text []byte) []byte {
	hash := hmac.New(sha256.New, key)
	hash.Write(text)
	return hash.Sum(nil)
}

func signedText(id, timestamp string, body []byte) []byte {
	return append([]byte(id+"."+timestamp+"."), body...)
}

// HoldsStandard checks Standard Webhooks with the endpoint's secret, whsec_…; header is webhook-signature.
func HoldsStandard(secret, id, timestamp, header string, body []byte, nowS int64) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || !isRecent(timestamp, nowS) {
		return false
	}
	expected := mac(key, signedText(id, timestamp, body))
	for _, one := range signatures(header, "v1") {
		if hmac.Equal(one, expected) {
			return true
		}
	}
	return false
}

// HoldsEd25519 checks Standard Webhooks with the endpoint's public key, whpk_….
func HoldsEd25519(publicKey, id, timestamp, header string, body []byte, nowS int64) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(publicKey, "whpk_"))
	if err != nil || len(key) != ed25519.PublicKeySize || !isRecent(timestamp, nowS) {
		return false
	}
	for _, one := range signatures(header, "v1a") {
		if ed25519.Verify(key, signedText(id, timestamp, body), one) {
			return true
		}
	}
	return false
}

// HoldsClassic checks the classic scheme. target: path and query as they arrived; the key is the whole secret.
func HoldsClassic(secret, target, timestamp, nonce, signature string, body []byte, nowS int64) bool {
	hash := sha256.Sum256(body)
	lines := strings.Join([]string{"POST", target, timestamp, nonce, hex.EncodeToString(hash[:])}, "\n")
	given, err := hex.DecodeString(signature)
	return err == nil && hmac.Equal(given, mac([]byte(secret), []byte(lines))) && isRecent(timestamp, nowS)
}

// Lines of scheme, key, id or target, timestamp, nonce, signature and body in base64; now is the timestamp.
func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		part := strings.Split(lines.Text(), "\t")
		scheme, key, name, timestamp, nonce, signature := part[0], part[1], part[2], part[3], part[4], part[5]
		body, _ := base64.StdEncoding.DecodeString(part[6])
		now, _ := strconv.ParseInt(timestamp, 10, 64)
		switch scheme {
		case "v1":
			fmt.Println(HoldsStandard(key, name, timestamp, signature, body, now))
		case "v1a":
			fmt.Println(HoldsEd25519(key, name, timestamp, signature, body, now))
		default:
			fmt.Println(HoldsClassic(key, name, timestamp, nonce, signature, body, now))
		}
	}
}
