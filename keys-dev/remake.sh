#!/bin/sh
# Remakes the throw-away keys. Afterwards put the printed fingerprints into DevelopmentKeys.cs; a test compares them.
set -eu
cd "$(dirname "$0")"
for name in anchor csca dsc token; do
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key"
  printf '%s  %s\n' "$(openssl pkey -in "$name.key" -pubout -outform DER | sha256sum | cut -d' ' -f1)" "$name"
done
