#!/usr/bin/env bash
# Makes CaaS's container image as a file, with neither a container engine nor a registry nor root.
#
#   image.sh [FILE [NAME]]   default: caas.tar caas:latest
#
# Load it with `docker load -i caas.tar`, `ctr -n k8s.io images import caas.tar` or
# `skopeo copy docker-archive:caas.tar docker://REGISTRY/caas`. The image is the published host and the few shared libraries
# it uses: no distribution, no shell, and one program beside it, `cat`, to read the first token with. It runs as user 10001
# on a read-only root; /data and /tmp are to be mounted writable where they shall outlive the container.
#
# DOTNET   the dotnet command to publish with (default dotnet)
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LIBRARIES=/usr/lib/$(uname -m)-linux-gnu
CERTIFICATES=/etc/ssl/certs/ca-certificates.crt
ZONES=/usr/share/zoneinfo

die() { echo "image.sh: $*" >&2; exit 1; }

copy() { # FILE…: into the root, at the same place
  local file
  for file in "$@"; do mkdir -p "$ROOT$(dirname "$file")" && cp -L "$file" "$ROOT$file"; done
}

needed_by() { # FILE…: the shared libraries they are linked with and do not bring along
  { ldd "$@" 2>/dev/null || true; } | grep -oE '/[^ :]+\.so[^ :]*' | grep -v "^$ROOT" | sort -u
}

case ${1:-} in -h | --help) sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; exit ;; esac
FILE=${1:-caas.tar}
NAME=${2:-caas:latest}
[ "$(uname -m)" = x86_64 ] || die "makes images for x86_64 on x86_64 only"
[ -f "$CERTIFICATES" ] || die "no $CERTIFICATES: install ca-certificates"
[ -d "$ZONES/Europe" ] || die "no $ZONES: install tzdata"
# .NET loads OpenSSL by name when it first needs it, so no list of linked libraries has it.
[ -f "$LIBRARIES/libssl.so.3" ] || die "no $LIBRARIES/libssl.so.3: install libssl3"

ROOT=$(mktemp -d)
trap 'rm -rf "$ROOT"' EXIT
mkdir -p "$ROOT"/{app,data,etc,tmp,proc,sys,dev,bin,usr/lib/ssl}
chmod 755 "$ROOT"
chmod 1777 "$ROOT/tmp" "$ROOT/data"
"${DOTNET:-dotnet}" publish "$HERE/../CaaS.Host" -c Release -r linux-x64 --self-contained -p:PublishReadyToRun=true \
  -p:DebugType=none -p:RunAnalyzers=false -o "$ROOT/app" -v q -nologo >&2
cp -L /bin/cat "$ROOT/bin/cat"
mapfile -t binaries < <(find "$ROOT/app" "$ROOT/bin" -name '*.so*' -o -type f -perm -u+x)
mapfile -t libraries < <(needed_by "${binaries[@]}" "$LIBRARIES/libssl.so.3")
copy "${libraries[@]}" "$LIBRARIES"/lib{ssl,crypto}.so.3 "$CERTIFICATES"
ln -s "$CERTIFICATES" "$ROOT/usr/lib/ssl/cert.pem" # where OpenSSL looks
mkdir -p "$ROOT$ZONES"
cp -rL "$ZONES"/. "$ROOT$ZONES"
rm -rf "$ROOT$ZONES"/{posix,right}
printf '%s\n' 'root:x:0:0:root:/:/' 'caas:x:10001:10001:caas:/data:/' > "$ROOT/etc/passwd"
echo 'hosts: files dns' > "$ROOT/etc/nsswitch.conf"

IMAGE_USER=10001 IMAGE_COMMAND="serve --data /data" "$HERE/../testbed/kube.sh" archive "$FILE" "$NAME" "$ROOT" /app/CaaS.Host
echo "$FILE holds $NAME: $(du -h "$FILE" | cut -f1)"
