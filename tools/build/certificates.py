#!/usr/bin/python3
"""Put the certificates of PEM files one behind the other as DER, once each.

usage: certificates.py OUTPUT PEM...
"""
import base64
import re
import sys

CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.S)


def main():
    output, *paths = sys.argv[1:]
    found = {}
    for path in paths:
        with open(path) as f:
            texts = CERTIFICATE.findall(f.read())
        if not texts:
            sys.exit(f"{path}: no certificate in it")
        found.update((base64.b64decode(text), None) for text in texts)
    with open(output, "wb") as f:
        f.write(b"".join(found))


if __name__ == "__main__":
    main()
