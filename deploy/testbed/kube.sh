#!/usr/bin/env bash
# A real Kubernetes 1.20.2 cluster of N nodes on one Debian 12 machine, as root, with no image registry.
#
#   kube.sh build            install Debian's packages and build Kubernetes from Debian's source package (once, cached)
#   kube.sh up [N]           start the control plane and N nodes (default 1); prints the kubeconfig's path
#   kube.sh image NAME[,NAME…] ROOTFS ENTRYPOINT…
#                            make an image from a folder and load it on every node, under each of the names
#   kube.sh archive FILE NAME[,NAME…] ROOTFS ENTRYPOINT…
#                            only make the image, as a file for `ctr images import`, `docker load` or skopeo; needs no root
#   kube.sh kill-node I      stop kubelet and containerd of node I; its containers keep serving
#   kube.sh lose-node I      the machine is gone: its containers die and its network is silent
#   kube.sh start-node I     bring node I back from either
#   kube.sh down             stop everything `up` started and clean its network, mounts and cgroups
#
# TESTBED            state, thrown away by `down` (default /tmp/caas-testbed)
#                    container logs of node I are in $TESTBED/nodeI/log/pods
# TESTBED_CACHE      binaries, kept (default ~/.cache/caas-testbed)
# IMAGE_USER         user of an image, e.g. 10001 (default root);  IMAGE_COMMAND  its default arguments, apart by spaces
# TESTBED_REGISTRY   a local registry the nodes pull docker.io images from, e.g. http://127.0.0.1:5000
set -euo pipefail

VERSION=1.20.5+really1.20.2-1.1+deb12u1 # Debian's; the tree inside is 1.20.2
STATE=${TESTBED:-/tmp/caas-testbed}
BIN=${TESTBED_CACHE:-$HOME/.cache/caas-testbed}/bin
NAMES="kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy pause"
SERVER=https://127.0.0.1:26443
TOKEN=$(sed -n 's/.*token: \([^ }]*\).*/\1/p' "$STATE/kubeconfig" 2>/dev/null || true) # of the running cluster
CGROUPS=/sys/fs/cgroup

say() { echo "kube.sh: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; }

# ---- build -----------------------------------------------------------------------------------------------------------

build() {
  local tools="etcd containerd ctr runc iptables conntrack ebtables socat ip curl openssl jq python3" tool missing=
  for tool in $tools; do command -v "$tool" >/dev/null || missing+=" $tool"; done
  [ -x /usr/lib/cni/bridge ] || missing+=" cni-plugins"
  if [ -n "$missing" ]; then
    say "installing Debian packages for:$missing"
    apt-get update -qq
    install_packages etcd-server containerd runc containernetworking-plugins iptables conntrack ebtables socat iproute2 \
      curl openssl jq python3
  fi
  is_built && return
  say "building Kubernetes $VERSION from source, about 8 minutes on two cores (log: $BIN.log)"
  mkdir -p "$BIN"
  compile > "$BIN.log" 2>&1 || die "the build failed; its last lines: $(tail -3 "$BIN.log")"
  echo "$VERSION" > "$BIN/version"
}

install_packages() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

# Binaries without a stamp are taken over when they say they are the version wanted.
is_built() {
  local name
  for name in $NAMES; do [ -x "$BIN/$name" ] || return 1; done
  [ -f "$BIN/version" ] || [ "$("$BIN/kubelet" --version)" != "Kubernetes v1.20.2" ] || echo "$VERSION" > "$BIN/version"
  [ "$(cat "$BIN/version" 2>/dev/null)" = "$VERSION" ]
}

compile() (
  set -e
  if ! apt-cache showsrc kubernetes 2>/dev/null | grep -q "^Version: $VERSION"; then
    if [ -f /etc/apt/sources.list.d/debian.sources ]; then
      sed 's/^Types:.*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > /etc/apt/sources.list.d/debian-src.sources
    else
      sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > /etc/apt/sources.list.d/debian-src.list
    fi
  fi
  apt-get update -qq
  install_packages rsync bsdmainutils make gcc libc6-dev dpkg-dev golang-1.19-go golang-github-modern-go-reflect2-dev \
    golang-github-json-iterator-go-dev
  work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
  apt-get source -qq --download-only "kubernetes=$VERSION"
  tar xzf kubernetes_*.orig.tar.gz; cd kubernetes-1.20.2
  # The tree predates builds by module alone: give it the GOPATH it expects.
  mkdir -p .go/src/k8s.io; ln -sfn ../../.. .go/src/k8s.io/kubernetes
  # The vendored reflect2 1.0.1 panics on maps under Go 1.18 and later (the API server answers INTERNAL_ERROR).
  for module in modern-go/reflect2 json-iterator/go; do
    rm -rf "vendor/github.com/$module"
    cp -rL "/usr/share/gocode/src/github.com/$module" "vendor/github.com/$module"
  done
  GOPATH=$PWD/.go PATH=/usr/lib/go-1.19/bin:$PATH make \
    WHAT="cmd/kube-apiserver cmd/kube-controller-manager cmd/kube-scheduler cmd/kubelet cmd/kube-proxy"
  cp _output/local/bin/linux/amd64/kube* "$BIN"/
  printf '%s\n' '#include <signal.h>' '#include <unistd.h>' 'static void bye(int s) { (void)s; _exit(0); }' \
    'int main(void) { signal(SIGTERM, bye); signal(SIGINT, bye); for (;;) pause(); }' > pause.c
  gcc -static -Os -s -o "$BIN/pause" pause.c
)

# ---- images ----------------------------------------------------------------------------------------------------------

# make_image NAME[,NAME…] ROOTFS ARCHIVE ENTRYPOINT… : one layer, in the archive format of `docker save`
make_image() {
  python3 - "$@" <<'PYTHON'
import hashlib, io, json, os, sys, tarfile

names, root, archive, *entrypoint = sys.argv[1:]
settings = {"Entrypoint": entrypoint, "Env": ["PATH=/usr/bin:/bin"]}
if os.environ.get("IMAGE_USER"):
    settings["User"] = os.environ["IMAGE_USER"]
if os.environ.get("IMAGE_COMMAND"):
    settings["Cmd"] = os.environ["IMAGE_COMMAND"].split()

def plain(info):  # the same folder gives the same image
    info.uid = info.gid = info.mtime = 0
    info.uname = info.gname = ""
    return info

buffer = io.BytesIO()
with tarfile.open(fileobj=buffer, mode="w") as tar:
    for entry in sorted(os.listdir(root)):
        tar.add(os.path.join(root, entry), arcname=entry, filter=plain)
layer = buffer.getvalue()
digest = hashlib.sha256(layer).hexdigest()
config = json.dumps({
    "architecture": "amd64", "os": "linux",
    "config": settings,
    "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest]}}).encode()
config_name = hashlib.sha256(config).hexdigest() + ".json"
manifest = [{"Config": config_name, "RepoTags": names.split(","), "Layers": [digest + "/layer.tar"]}]
with tarfile.open(archive, "w") as tar:
    for name, content in ((digest + "/layer.tar", layer), (config_name, config),
                          ("manifest.json", json.dumps(manifest).encode())):
        info = tarfile.TarInfo(name)
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
PYTHON
}

load_image() { # NAME[,NAME…] ROOTFS ENTRYPOINT…
  local names=$1 root=$2 archive socket; shift 2
  [ -d "$STATE/images" ] || die "no cluster is up: run 'kube.sh up' first"
  [ -d "$root" ] || die "no folder $root"
  archive=$STATE/images/$(tr '/:,' '___' <<< "$names").tar
  make_image "$names" "$root" "$archive" "$@"
  for socket in "$STATE"/node*/containerd.sock; do
    ctr -a "$socket" -n k8s.io images import "$archive" >/dev/null
    say "$names is on $(basename "$(dirname "$socket")")"
  done
}

# ---- processes -------------------------------------------------------------------------------------------------------

run() { local name=$1; shift; setsid "$@" > "$STATE/$name.log" 2>&1 < /dev/null & echo $! > "$STATE/$name.pid"; }

stop() { # only if the process is still the one we started; waits for its end, so that its ports are free again
  local pid _
  [ -f "$STATE/$1.pid" ] || return 0
  pid=$(cat "$STATE/$1.pid"); rm -f "$STATE/$1.pid"
  { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2>/dev/null | grep -qF -e "$STATE" -e "$BIN" -e "${SERVER##*:}" || return 0
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 50); do
    grep -q '^State:[[:space:]]*[^Z]' "/proc/$pid/status" 2>/dev/null || return 0
    sleep 0.2
  done
  kill -9 "$pid" 2>/dev/null || true
}

stop_all() { local file; for file in "$@"; do [ ! -e "$file" ] || stop "$(basename "$file" .pid)"; done; }

wait_for() { # SECONDS WHAT COMMAND…
  local seconds=$1 what=$2 _; shift 2
  for _ in $(seq $((seconds * 5))); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
  die "$what is not ready after $seconds s; see the logs in $STATE"
}

get() { curl -skf -m 5 -H "Authorization: Bearer $TOKEN" "$SERVER/$1"; }

# ---- nodes -----------------------------------------------------------------------------------------------------------

is_unified() { [ -f "$CGROUPS/cgroup.controllers" ]; } # cgroup v2

# Where root lacks CAP_SYS_RESOURCE (bit 24), runc cannot lower oom_score_adj and dies with "can't get final child's PID".
lacks_sys_resource() { (( ! ((16#$(awk '/^CapEff/{print $2}' /proc/self/status) >> 24) & 1) )); }

# Each node has a core of its own, so that a CPU hog hurts its own node only, and four times a process' usual claim to it, so
# that what else the machine does is felt little inside the node.
make_cgroup() {
  local node=$1 core controller
  core=$(( (node - 1) % $(nproc) ))
  if is_unified; then
    for controller in $(cat "$CGROUPS/cgroup.controllers"); do
      echo "+$controller" > "$CGROUPS/cgroup.subtree_control" 2>/dev/null || true
    done
    mkdir -p "$CGROUPS/testbed$node"
    echo "$core" > "$CGROUPS/testbed$node/cpuset.cpus"
    echo 400 > "$CGROUPS/testbed$node/cpu.weight"
  else
    for controller in cpu cpuacct cpuset memory pids systemd blkio devices freezer; do
      [ ! -d "$CGROUPS/$controller" ] || mkdir -p "$CGROUPS/$controller/testbed$node"
    done
    echo "$core" > "$CGROUPS/cpuset/testbed$node/cpuset.cpus"
    echo 4096 > "$CGROUPS/cpu/testbed$node/cpu.shares"
    cat "$CGROUPS/cpuset/cpuset.mems" > "$CGROUPS/cpuset/testbed$node/cpuset.mems"
  fi
}

kill_containers() { # of one node, or of all when none is named: by cgroup, then the shims by their socket path
  local folder process
  is_unified && folder=$CGROUPS || folder=$CGROUPS/pids
  find "$folder"/testbed"${1:-[0-9]}" -name cgroup.procs -exec cat {} + 2>/dev/null | xargs -r kill -9 2>/dev/null || true
  for process in /proc/[0-9]*; do
    if { tr '\0' ' ' < "$process/cmdline"; } 2>/dev/null | grep -q -- "containerd-shim.* -address $STATE/node${1:-}"; then
      kill -9 "${process#/proc/}" 2>/dev/null || true
    fi
  done
}

# A mount namespace per node, kept by a process that sleeps: kubelets know their log folder by a fixed path and delete the
# logs of pods that are not theirs, so each has its own. It also keeps the node's mounts off the machine.
make_namespace() {
  local node=$1 dir=$STATE/node$1
  if [ -f "$STATE/machine$node.pid" ]; then return; fi
  mkdir -p "$dir/log/pods" "$dir/log/containers" /var/log/pods /var/log/containers
  run "machine$node" unshare --mount --propagation slave bash -c \
    "mount --bind $dir/log/pods /var/log/pods && mount --bind $dir/log/containers /var/log/containers &&
     touch $dir/log/ready && exec -a $dir sleep infinity"
  wait_for 5 "the mount namespace of node$node" test -f "$dir/log/ready"
}

run_in_node() { # NODE NAME COMMAND…
  local node=$1 name=$2; shift 2
  run "$name" nsenter --mount --target "$(cat "$STATE/machine$node.pid")" -- "$@"
}

write_node_files() {
  local node=$1 dir=$STATE/node$1
  cat > "$dir/containerd.toml" <<TOML
version = 2
root = "$dir/containers"
state = "$dir/run"
[grpc]
  address = "$dir/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "testbed.local/pause:1"
  restrict_oom_score_adj = $(lacks_sys_resource && echo true || echo false)
  disable_tcp_service = true
  stream_server_port = "0"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$dir/cni"
TOML
  [ -z "${TESTBED_REGISTRY:-}" ] || cat >> "$dir/containerd.toml" <<TOML
  [plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]
    endpoint = ["$TESTBED_REGISTRY"]
TOML
  cat > "$dir/cni/10.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "tb$node", "plugins": [
  {"type": "bridge", "bridge": "tb$node", "isGateway": true, "ipMasq": false, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$dir/ipam", "ranges": [[{"subnet": "10.88.$node.0/24"}]],
            "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
  cat > "$dir/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: 10.88.$node.1
port: $((20250 + node * 10))
readOnlyPort: 0
healthzPort: $((20248 + node * 10))
cgroupDriver: cgroupfs
cgroupRoot: /testbed$node
failSwapOn: false
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
evictionHard: {imagefs.available: "1%", memory.available: "100Mi", nodefs.available: "1%", nodefs.inodesFree: "1%"}
enforceNodeAllocatable: []
imageGCHighThresholdPercent: 100
nodeStatusUpdateFrequency: 4s
resolvConf: ""
YAML
}

start_node() {
  local node=$1 dir=$STATE/node$1 archive
  [ -f "$STATE/kubeconfig" ] || die "no cluster is up: run 'kube.sh up' first"
  [ ! -f "$STATE/kubelet$node.pid" ] || return 0 # it runs
  mkdir -p "$dir/cni" "$dir/kubelet"
  write_node_files "$node"
  make_cgroup "$node"
  make_namespace "$node"
  ip route del blackhole "10.88.$node.0/24" 2>/dev/null || true
  if ! ip link show "tb$node" >/dev/null 2>&1; then
    ip link add "tb$node" type bridge
    ip addr add "10.88.$node.1/24" dev "tb$node"
  fi
  ip link set "tb$node" up
  run_in_node "$node" "containerd$node" containerd -c "$dir/containerd.toml"
  wait_for 15 "containerd of node$node" ctr -a "$dir/containerd.sock" version
  ctr -a "$dir/containerd.sock" -n k8s.io images import "$STATE/pause.tar" >/dev/null
  for archive in "$STATE"/images/*.tar; do
    [ ! -e "$archive" ] || ctr -a "$dir/containerd.sock" -n k8s.io images import "$archive" >/dev/null
  done
  run_in_node "$node" "kubelet$node" "$BIN/kubelet" --config="$dir/kubelet.yaml" --kubeconfig="$STATE/kubeconfig" \
    --container-runtime=remote --container-runtime-endpoint="unix://$dir/containerd.sock" --containerd="$dir/containerd.sock" \
    --root-dir="$dir/kubelet" --cert-dir="$dir/pki" --hostname-override="node$node" --node-ip="10.88.$node.1"
}

kill_node() { stop "kubelet$1"; stop "containerd$1"; }

lose_node() {
  kill_node "$1"
  ip link set "tb$1" down
  ip route replace blackhole "10.88.$1.0/24" # packets to it vanish; they do not leave by the default route
  kill_containers "$1"
}

has_node() { [ -d "$STATE/node${1:-}" ] && [ -n "${1:-}" ] || die "no node '${1:-}' in $STATE"; }

# ---- the cluster -----------------------------------------------------------------------------------------------------

nodes_are_ready() {
  get api/v1/namespaces/default/serviceaccounts/default && get api/v1/nodes | jq -e --argjson count "$1" \
    '[.items[].status.conditions[] | select(.type == "Ready" and .status == "True")] | length == $count'
}

make_certificates() { # FOLDER: a key for tokens of service accounts, an authority, and the API server's certificate
  openssl genrsa -out "$1/sa.key" 2048 2>/dev/null
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=testbed -keyout "$1/ca.key" -out "$1/ca.crt" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj /CN=kube-apiserver -keyout "$1/server.key" -out "$1/server.csr" 2>/dev/null
  openssl x509 -req -in "$1/server.csr" -CA "$1/ca.crt" -CAkey "$1/ca.key" -CAcreateserial -days 30 -out "$1/server.crt" \
    -extfile <(echo "subjectAltName=IP:127.0.0.1,IP:10.88.1.1,IP:10.96.0.1,DNS:kubernetes,DNS:kubernetes.default.svc") 2>/dev/null
}

up() {
  local count=$1 node
  mkdir -p "$STATE/certs" "$STATE/images" "$STATE/pause"
  cp "$BIN/pause" "$STATE/pause/pause"
  make_image testbed.local/pause:1 "$STATE/pause" "$STATE/pause.tar" /pause
  make_certificates "$STATE/certs"
  TOKEN=$(openssl rand -hex 16)
  echo "$TOKEN,admin,admin,system:masters" > "$STATE/tokens.csv"
  cat > "$STATE/kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: testbed, cluster: {server: "$SERVER", certificate-authority: $STATE/certs/ca.crt}}]
users: [{name: admin, user: {token: $TOKEN}}]
contexts: [{name: testbed, context: {cluster: testbed, user: admin}}]
current-context: testbed
YAML
  run etcd etcd --data-dir "$STATE/etcd" --listen-client-urls http://127.0.0.1:22379 \
    --advertise-client-urls http://127.0.0.1:22379 --listen-peer-urls http://127.0.0.1:22380
  run apiserver "$BIN/kube-apiserver" --etcd-servers=http://127.0.0.1:22379 \
    --tls-cert-file="$STATE/certs/server.crt" --tls-private-key-file="$STATE/certs/server.key" \
    --bind-address=127.0.0.1 --advertise-address=10.88.1.1 --secure-port="${SERVER##*:}" --token-auth-file="$STATE/tokens.csv" --authorization-mode=RBAC \
    --service-account-key-file="$STATE/certs/sa.key" --service-account-signing-key-file="$STATE/certs/sa.key" \
    --service-account-issuer=https://kubernetes.default.svc --service-cluster-ip-range=10.96.0.0/16 --allow-privileged=true \
    --kubelet-preferred-address-types=InternalIP \
    --default-not-ready-toleration-seconds=20 --default-unreachable-toleration-seconds=20
  wait_for 60 "the API server" get readyz
  run controllers "$BIN/kube-controller-manager" --kubeconfig="$STATE/kubeconfig" --leader-elect=false \
    --service-account-private-key-file="$STATE/certs/sa.key" --root-ca-file="$STATE/certs/ca.crt" \
    --node-monitor-grace-period=20s
  run scheduler "$BIN/kube-scheduler" --kubeconfig="$STATE/kubeconfig" --leader-elect=false
  run proxy "$BIN/kube-proxy" --kubeconfig="$STATE/kubeconfig" --proxy-mode=iptables --cluster-cidr=10.88.0.0/16 \
    --hostname-override=node1 --conntrack-max-per-core=0 \
    --healthz-bind-address=127.0.0.1:20356 --metrics-bind-address=127.0.0.1:20349
  for node in $(seq "$count"); do start_node "$node"; done
  # The API server as pods reach it, by the service `kubernetes`.
  run bridge socat "TCP-LISTEN:${SERVER##*:},bind=10.88.1.1,reuseaddr,fork" "TCP:${SERVER#https://}"
  wait_for 60 "the cluster of $count node(s)" nodes_are_ready "$count"
  echo "$STATE/kubeconfig"
}

clean_rules() { # what kube-proxy and the kubelets wrote; leaves alone a machine that runs another kubelet
  local table chain
  pgrep -x kubelet >/dev/null && return
  [ ! -x "$BIN/kube-proxy" ] || "$BIN/kube-proxy" --cleanup >/dev/null 2>&1 || true
  for chain in INPUT OUTPUT; do iptables -w -D "$chain" -j KUBE-FIREWALL 2>/dev/null || true; done
  for table in filter nat mangle; do
    for chain in $(iptables-save -t "$table" 2>/dev/null | sed -n 's/^:\(KUBE-[^ ]*\) .*/\1/p'); do
      iptables -w -t "$table" -F "$chain" || true
    done
    for chain in $(iptables-save -t "$table" 2>/dev/null | sed -n 's/^:\(KUBE-[^ ]*\) .*/\1/p'); do
      iptables -w -t "$table" -X "$chain" 2>/dev/null || true
    done
  done
}

down() {
  local item namespaces
  namespaces=$(cat "$STATE"/machine*.pid 2>/dev/null | sed 's|.*|/proc/&/mounts|' |
    xargs -r awk '$2 ~ "/netns/cni-" {print $2}' 2>/dev/null || true)
  stop_all "$STATE"/kubelet*.pid "$STATE"/{bridge,proxy,scheduler,controllers,apiserver}.pid
  kill_containers
  stop_all "$STATE"/containerd*.pid "$STATE/etcd.pid"
  sleep 1
  kill_containers # those a kubelet was still starting while it was stopped
  stop_all "$STATE"/machine*.pid # the nodes' mounts go with it
  xargs -r rm -f <<< "$namespaces"
  for item in $(seq 9); do
    ip link del "tb$item" 2>/dev/null || true
    ip route del blackhole "10.88.$item.0/24" 2>/dev/null || true
  done
  clean_rules
  if is_unified; then item=$CGROUPS; else item=$CGROUPS/*; fi
  # shellcheck disable=SC2086 # the pattern is meant to expand
  find $item/testbed[0-9] -depth -type d -exec rmdir {} + 2>/dev/null || true
  rm -rf "$STATE"
}

case ${1:-} in
  archive) [ $# -ge 5 ] || die "archive FILE NAME[,NAME…] ROOTFS ENTRYPOINT…" ;;
  build | up | image | kill-node | lose-node | start-node | down) [ "$(id -u)" = 0 ] || die "needs root" ;;
  -h | --help | help) usage; exit ;;
  *) usage >&2; exit 2 ;;
esac
case $1 in
  archive) make_image "$3" "$4" "$2" "${@:5}" ;;
  build) build ;;
  up)
    [[ ${2:-1} =~ ^[1-9]$ ]] || die "the node count is 1 to 9"
    build
    down # what a killed run left: bridges, mounts, cgroups, namespaces
    up "${2:-1}" ;;
  image) [ $# -ge 4 ] || die "image NAME[,NAME…] ROOTFS ENTRYPOINT…"; shift; load_image "$@" ;;
  kill-node) has_node "${2:-}"; kill_node "$2" ;;
  lose-node) has_node "${2:-}"; lose_node "$2" ;;
  start-node) has_node "${2:-}"; start_node "$2" ;;
  down) down ;;
esac
