#!/usr/bin/env bash
# The demo shop on the test bed's two-node cluster: load, and eleven faults that behave like real ones.
#
#   shop.sh image                 publish the shop, make its image and load it on every node of the cluster
#   shop.sh up                    apply manifests/ and wait until everything is ready
#   shop.sh fault F on|off [APP]  put a fault in force and print its truth as JSON, or take it back; a, b, e take APP
#        a memory-leak            cart's release 1.1.0 leaks until it is OOMKilled, again and again
#        b bad-release            checkout's release 1.1.0 crashes soon after it became ready
#        c cpu-contention         the batch job 'hog' burns the core of node2
#        d node-lost              node2 is gone
#        e dependency-latency     every copy of stock becomes slow
#        f config-error           payment's new settings leave out a currency
#        g scaled-to-zero         somebody scales stock to zero
#        h missing-config         payment's settings are deleted, and its pods made anew
#        i quota-exceeded         a quota lets no pod be made, and cart's is gone
#        j image-not-found        catalogue's release 1.1.0 names an image that no registry has
#        k insufficient-cpu       checkout's release 1.1.0 asks for more processor than any node has
#   shop.sh switch APP KIND VALUE [SECONDS]
#                                 switch a fault in every pod of APP: cpu latency errors timeout crash disk leak
#   shop.sh windows [COUNT]       what users saw, by 5 s windows (default the last 24); --json: as the load generator has it
#   shop.sh pods                  the shop's pods
#   shop.sh down                  delete the shop
#
# SHOP_OTLP       where `up` tells the pods to send spans, e.g. http://10.88.1.1:4318 (a bridge); none by default
# TESTBED         the test bed's state (default /tmp/caas-testbed);  TESTBED_CACHE its cache (default ~/.cache/caas-testbed)
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
KUBE_SH=$HERE/../testbed/kube.sh
KUBECONFIG=${TESTBED:-/tmp/caas-testbed}/kubeconfig
CACHE=${TESTBED_CACHE:-$HOME/.cache/caas-testbed}/shop
IMAGES=testbed.local/shop:1.0.0,testbed.local/shop:1.1.0 # two releases of one build: what differs is their settings
DEPLOYMENTS=apis/apps/v1/namespaces/shop/deployments
WINDOWS=api/v1/namespaces/shop/services/loadgen:http/proxy/windows
LOST=2 # the node fault d takes
NO_IMAGES=127.0.0.1:20356 # kube-proxy's health port: it answers 404, as a registry does that lacks an image

say() { echo "shop.sh: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; }

# ---- the API server --------------------------------------------------------------------------------------------------

api() { # METHOD PATH [CURL-ARGUMENT…]
  local method=$1 path=$2; shift 2
  [ -f "$KUBECONFIG" ] || die "no cluster: run 'deploy/testbed/kube.sh up 2' first"
  curl -sk --fail-with-body -m 30 -X "$method" "$@" \
    -H "Authorization: Bearer $(sed -n 's/.*token: \([^ }]*\).*/\1/p' "$KUBECONFIG")" \
    "$(sed -n 's/.*server: "\([^"]*\)".*/\1/p' "$KUBECONFIG")/$path"
}

# Server-side apply of one YAML document on stdin: what an earlier apply set and this one leaves out is removed.
apply_one() {
  local document kind name path answer
  document=$(cat)
  kind=$(sed -n 's/^kind: //p' <<< "$document")
  name=$(sed -n '/^metadata:/,/^[a-z]*:$/s/^  name: //p' <<< "$document")
  case $kind in
    Namespace) path=api/v1/namespaces/$name ;;
    ConfigMap) path=api/v1/namespaces/shop/configmaps/$name ;;
    Service) path=api/v1/namespaces/shop/services/$name ;;
    Deployment) path=$DEPLOYMENTS/$name ;;
    *) die "cannot apply a $kind" ;;
  esac
  answer=$(api PATCH "$path?fieldManager=shop&force=true" -H 'Content-Type: application/apply-patch+yaml' \
    --data-binary @- <<< "$document") || die "$kind $name was refused: $(jq -r .message <<< "$answer")"
  say "applied $kind $name"
}

apply() { # YAML documents on stdin
  local line document=
  while IFS= read -r line; do
    if [ "$line" = --- ]; then apply_one <<< "$document"; document=; else document+=$line$'\n'; fi
  done
  apply_one <<< "$document"
}

is_rolled_out() { # every Deployment of the shop
  api GET "$DEPLOYMENTS" | jq -e '.items | length > 0 and all(.[];
    .status.observedGeneration == .metadata.generation and .status.updatedReplicas == .spec.replicas
    and .status.replicas == .spec.replicas and .status.availableReplicas == .spec.replicas)'
}

wait_ready() {
  local _
  for _ in $(seq 120); do is_rolled_out >/dev/null 2>&1 && return; sleep 1; done
  pods >&2
  die "not ready after 120 s"
}

# ---- verbs -----------------------------------------------------------------------------------------------------------

source_hash() {
  (cd "$HERE" && find CaaS.Shop ../../Directory.*.props -type f -not -path '*/bin/*' -not -path '*/obj/*' | sort |
    xargs sha256sum | sha256sum | cut -c1-16)
}

image() {
  local root
  root=$CACHE/$(source_hash)
  if [ ! -d "$root" ]; then
    rm -rf "$CACHE"
    mkdir -p "$CACHE"
    make_root "$root.new"
    mv "$root.new" "$root"
  fi
  "$KUBE_SH" image "$IMAGES" "$root" /app/CaaS.Shop
}

# A root of the published app and the few shared libraries it is linked with: no distribution, no shell.
make_root() { # FOLDER
  local root=$1 library
  say "publishing the shop"
  mkdir -p "$root"/{app,etc,tmp,proc,sys,dev}
  chmod 1777 "$root/tmp"
  "${DOTNET:-dotnet}" publish "$HERE/CaaS.Shop" -c Release -r linux-x64 --self-contained \
    -p:PublishReadyToRun=true -p:DebugType=none -o "$root/app" -v q -nologo >&2
  for library in $(ldd "$root"/app/CaaS.Shop "$root"/app/*.so | grep -oE '/[^ :]+\.so[^ :]*' | grep -v "^$root" | sort -u); do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
  echo 'root:x:0:0:root:/:/' > "$root/etc/passwd"
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
}

up() {
  local file
  apply < "$HERE/manifests/namespace.yaml"
  apply <<YAML
apiVersion: v1
kind: ConfigMap
metadata:
  name: shop-telemetry
  namespace: shop
data:
  OTEL_EXPORTER_OTLP_ENDPOINT: "${SHOP_OTLP:-}"
YAML
  for file in "$HERE"/manifests/*.yaml; do
    case $(basename "$file") in namespace.yaml | loadgen.yaml) ;; *) apply < "$file" ;; esac
  done
  wait_ready
  restore loadgen # the users come when the shop is open
  wait_ready
  say "ready"
}

pods_of() { # APP: the names of its running pods
  api GET "api/v1/namespaces/shop/pods?labelSelector=app%3D$1" |
    jq -r '.items[] | select(.status.phase == "Running" and .metadata.deletionTimestamp == null) | .metadata.name'
}

switch() { # APP KIND VALUE [SECONDS]
  local pod
  for pod in $(pods_of "$1"); do
    api POST "api/v1/namespaces/shop/pods/$pod:8080/proxy/faults?kind=$2&value=$3${4:+&seconds=$4}" >/dev/null
    say "$pod: $2 $3"
  done
}

# A new release of a Deployment, with one setting more.
release() { # APP VARIABLE VALUE
  sed -e 's/1\.0\.0/1.1.0/' -e "/SHOP_VERSION/a\\            - {name: $2, value: \"$3\"}" "$HERE/manifests/$1.yaml" |
    apply
}

# A new release that takes every copy away before the first new one is ready.
hasty_release() { # APP SED-SCRIPT
  sed -e 's/1\.0\.0/1.1.0/; s/maxUnavailable: 1/maxUnavailable: 2/' -e "$2" "$HERE/manifests/$1.yaml" | apply
}

# New settings in a ConfigMap named for their content, as kustomize and helm users do; the old one stays for a rollback.
configure_payment() { # CURRENCIES
  local hash
  hash=$(printf 'PAYMENT_CURRENCIES=%s' "$1" | sha256sum | cut -c1-8)
  sed -e "s/PAYMENT_CURRENCIES: .*/PAYMENT_CURRENCIES: $1/" -e "s/payment-config-[0-9a-f]*/payment-config-$hash/" \
    "$HERE/manifests/payment.yaml" | apply
}

scale() { # APP REPLICAS
  api PATCH "$DEPLOYMENTS/$1/scale" -H 'Content-Type: application/merge-patch+json' \
    --data "{\"spec\":{\"replicas\":$2}}" >/dev/null
  say "scaled $1 to $2"
}

named() { # PLURAL PREFIX: the path of the one object of the shop whose name begins so
  api GET "api/v1/namespaces/shop/$1" |
    jq -r --arg prefix "$2" --arg plural "$1" \
      '[.items[].metadata.name | select(startswith($prefix))][0] | "api/v1/namespaces/shop/\($plural)/\(.)"'
}

delete() { # PATH
  api DELETE "$1" >/dev/null
  say "deleted ${1##*/}"
}

renew() { # APP: all its pods at once
  api DELETE "api/v1/namespaces/shop/pods?labelSelector=app%3D$1" >/dev/null
  say "deleted the pods of $1"
}

# A replica set that could not make its pods tries again ever more rarely; a deletion of it makes a new one.
nudge() { # APP
  api DELETE "apis/apps/v1/namespaces/shop/replicasets?labelSelector=app%3D$1" >/dev/null
}

restore() { apply < "$HERE/manifests/$1.yaml"; } # the release and settings of manifests/

truth() { # ENTITY CLASS ONSET
  printf '{"entity":"%s","faultClass":"%s","onset":"%s"}\n' "$1" "$2" "$3"
}

fault() { # F on|off [APP]
  local onset app
  onset=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  case $1-$2 in
    a-on | memory-leak-on)
      app=${3:-cart}
      release "$app" SHOP_FAULT_LEAK_MB_PER_S 4; truth "shop/Deployment/$app" memory-leak "$onset" ;;
    a-off | memory-leak-off) restore "${3:-cart}" ;;
    b-on | bad-release-on)
      app=${3:-checkout}
      release "$app" SHOP_FAULT_CRASH_AFTER_S 12; truth "shop/Deployment/$app" bad-release "$onset" ;;
    b-off | bad-release-off) restore "${3:-checkout}" ;;
    c-on | cpu-contention-on) switch hog cpu 4; truth shop/Deployment/hog cpu-contention "$onset" ;;
    c-off | cpu-contention-off) switch hog cpu 0 ;;
    d-on | node-lost-on) "$KUBE_SH" lose-node $LOST; truth "-/Node/node$LOST" node-lost "$onset" ;;
    d-off | node-lost-off) "$KUBE_SH" start-node $LOST ;;
    e-on | dependency-latency-on)
      app=${3:-stock}
      switch "$app" latency 400; truth "shop/Deployment/$app" dependency-latency "$onset" ;;
    e-off | dependency-latency-off) switch "${3:-stock}" latency 0 ;;
    f-on | config-error-on) configure_payment EUR; truth shop/Deployment/payment config-error "$onset" ;;
    f-off | config-error-off) restore payment ;;
    g-on | scaled-to-zero-on) scale stock 0; truth shop/Deployment/stock scaled-to-zero "$onset" ;;
    g-off | scaled-to-zero-off) scale stock 2 ;;
    h-on | missing-config-on)
      delete "$(named configmaps payment-config-)"
      renew payment; truth shop/Deployment/payment missing-config "$onset" ;;
    h-off | missing-config-off) restore payment ;;
    i-on | quota-exceeded-on)
      api POST api/v1/namespaces/shop/resourcequotas -H 'Content-Type: application/json' \
        --data '{"metadata":{"name":"small"},"spec":{"hard":{"pods":"1"}}}' >/dev/null
      renew cart; truth shop/Deployment/cart quota-exceeded "$onset" ;;
    i-off | quota-exceeded-off) delete api/v1/namespaces/shop/resourcequotas/small; nudge cart ;;
    j-on | image-not-found-on)
      hasty_release catalogue "s|image: .*|image: $NO_IMAGES/shop:1.1.0|; s/Policy: Never/Policy: Always/"
      truth shop/Deployment/catalogue image-not-found "$onset" ;;
    j-off | image-not-found-off) restore catalogue ;;
    k-on | insufficient-cpu-on)
      hasty_release checkout 's/cpu: 50m/cpu: "64"/'
      truth shop/Deployment/checkout insufficient-cpu "$onset" ;;
    k-off | insufficient-cpu-off) restore checkout ;;
    *) usage >&2; exit 2 ;;
  esac
}

windows() { # COUNT
  api GET "$WINDOWS" | jq -r --argjson count "$1" \
    '.[-$count:][] | [.start[11:19], .requests, .errors, .p95Ms] | @tsv' |
    awk -F'\t' 'BEGIN { print "window    requests  errors  error%   p95 ms" }
      { printf "%s  %8d  %6d  %5.1f%%  %7.1f\n", $1, $2, $3, $2 ? 100 * $3 / $2 : 0, $4 }'
}

pods() {
  api GET api/v1/namespaces/shop/pods | jq -r '.items[] | [.metadata.name, .spec.nodeName // "-",
    (if .metadata.deletionTimestamp then "Terminating" else .status.phase end),
    (.status.conditions // [] | map(select(.type == "Ready"))[0].status // "-" | "ready=" + .),
    (.status.containerStatuses[0]? | "restarts=\(.restartCount) \(.state // {} | to_entries[0] | .value?.reason? // "") \(
      .lastState // {} | to_entries[0]?.value? | "\(.reason // "") \(.exitCode // "")")")] | @tsv' | column -t -s "$(printf '\t')"
}

down() {
  local _
  api DELETE api/v1/namespaces/shop >/dev/null || true
  for _ in $(seq 60); do
    api GET api/v1/namespaces/shop >/dev/null 2>&1 || return 0
    # Nobody waits for the pods' farewell.
    api DELETE "api/v1/namespaces/shop/pods?gracePeriodSeconds=0" >/dev/null 2>&1 || true
    sleep 2
  done
  die "the namespace is still there after 120 s"
}

case ${1:-} in
  image) image ;;
  up) up ;;
  fault) [ $# = 3 ] || [ $# = 4 ] || die "fault a|b|c|d|e|f|g|h|i|j|k on|off [APP]"; fault "${@:2}" ;;
  switch) [ $# -ge 4 ] || die "switch APP KIND VALUE [SECONDS]"; shift; switch "$@" ;;
  windows)
    if [ "${2:-}" = --json ]; then api GET "$WINDOWS"; else windows "${2:-24}"; fi ;;
  pods) pods ;;
  down) down ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 2 ;;
esac
