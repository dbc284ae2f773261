#!/usr/bin/env bash
# A real Ceph 16 cluster on one Debian 12 machine, as root: a monitor, a manager and N bluestore OSDs on sparse 2 GiB files.
#
#   ceph.sh up [N]         install Debian's packages and start with N OSDs (default 3); prints ceph.conf's path
#   ceph.sh kill-osd I     kill OSD I as a failed disk would: HEALTH_WARN, degraded placement groups
#   ceph.sh start-osd I    bring OSD I back
#   ceph.sh ceph ARGS...   Ceph's own tool on this cluster, such as: ceph.sh ceph osd set noout
#   ceph.sh down           stop and forget everything
#
# The manager serves the dashboard's REST API on http://127.0.0.1:18443 (user admin, password S3cret-pass)
# and Prometheus metrics on http://127.0.0.1:19283/metrics.
# TESTBED_CEPH   state, thrown away by `down` (default /tmp/caas-testbed-ceph)
set -euo pipefail

STATE=${TESTBED_CEPH:-/tmp/caas-testbed-ceph}
export CEPH_CONF=$STATE/ceph.conf
PASSWORD=S3cret-pass # loopback only

say() { echo "ceph.sh: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; }

install() {
  command -v ceph-mon ceph-mgr ceph-osd ceph jq curl >/dev/null && [ -d /usr/share/ceph/mgr/dashboard ] && return
  say "installing Debian's Ceph packages"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    ceph-mon ceph-mgr ceph-osd ceph-common ceph-mgr-dashboard ceph-mgr-modules-core jq curl >/dev/null
}

write_config() { # FSID
  cat > "$CEPH_CONF" <<INI
[global]
fsid = $1
mon host = v2:127.0.0.1:40000/0
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
keyring = $STATE/keyring
run dir = $STATE
log file = $STATE/\$name.log
admin socket = $STATE/\$name.asok
pid file = $STATE/\$name.pid
mon data = $STATE/mon.\$id
mgr data = $STATE/mgr.\$id
osd data = $STATE/osd.\$id
mon allow pool delete = true
mon data avail warn = 5
# Copies lie on different OSDs, not on different hosts: there is one host.
osd crush chooseleaf type = 0
osd pool default size = 2
osd pool default min size = 1
[osd]
osd objectstore = bluestore
bluestore block size = 2147483648
osd memory target = 1073741824
INI
}

run_osd() { ceph-osd -i "$1" --setuser root --setgroup root -k "$STATE/osd.$1/keyring" >/dev/null 2>&1; }

make_osd() {
  local id=$1 uuid
  uuid=$(cat /proc/sys/kernel/random/uuid)
  mkdir -p "$STATE/osd.$id"
  ceph osd new "$uuid" "$id" >/dev/null
  ceph auth get-or-create "osd.$id" mon 'allow profile osd' mgr 'allow profile osd' osd 'allow *' > "$STATE/osd.$id/keyring"
  ceph-osd -i "$id" --mkfs --osd-uuid "$uuid" --setuser root --setgroup root -k "$STATE/osd.$id/keyring" 2>/dev/null
  run_osd "$id"
}

start_manager() {
  local module
  mkdir -p "$STATE/mgr.x"
  ceph auth get-or-create mgr.x mon 'allow profile mgr' osd 'allow *' mds 'allow *' > "$STATE/mgr.x/keyring"
  ceph-mgr -i x --setuser root --setgroup root -k "$STATE/mgr.x/keyring"
  wait_for 60 "the manager" ceph config set mgr mgr/dashboard/ssl false # its modules bring their options with them
  for module in dashboard:18443 prometheus:19283; do
    ceph config set mgr "mgr/${module%:*}/server_addr" 127.0.0.1
    ceph config set mgr "mgr/${module%:*}/server_port" "${module#*:}"
  done
  ceph mgr module enable prometheus
  ceph mgr module enable dashboard
  ceph mgr module disable restful # broken under Debian's Python, and a warning that would hide real ones
}

sign_in() {
  curl -sf -o /dev/null -H 'Accept: application/vnd.ceph.api.v1.0+json' -H 'Content-Type: application/json' \
    -d "{\"username\": \"admin\", \"password\": \"$PASSWORD\"}" http://127.0.0.1:18443/api/auth
}

wait_for() { # SECONDS WHAT COMMAND…
  local seconds=$1 what=$2 _; shift 2
  for _ in $(seq "$seconds"); do "$@" >/dev/null 2>&1 && return; sleep 1; done
  die "$what is not ready after $seconds s; see the logs in $STATE"
}

up() {
  local fsid id
  fsid=$(cat /proc/sys/kernel/random/uuid)
  mkdir -p "$STATE/mon.a"
  write_config "$fsid"
  ceph-authtool --create-keyring "$STATE/keyring" --gen-key -n mon. --cap mon 'allow *' >/dev/null
  ceph-authtool "$STATE/keyring" --gen-key -n client.admin \
    --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' --cap mds 'allow *' >/dev/null
  monmaptool --create --clobber --addv a '[v2:127.0.0.1:40000]' --fsid "$fsid" "$STATE/monmap" >/dev/null
  ceph-mon --mkfs -i a --monmap "$STATE/monmap" --keyring "$STATE/keyring"
  ceph-mon -i a --setuser root --setgroup root
  start_manager
  for id in $(seq 0 $(($1 - 1))); do make_osd "$id"; done
  echo "$PASSWORD" > "$STATE/password"
  wait_for 60 "the dashboard's user" ceph dashboard ac-user-create admin -i "$STATE/password" administrator
  wait_for 60 "the dashboard's API" sign_in
  echo "$CEPH_CONF"
}

down() {
  local file pid
  for file in "$STATE"/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    if grep -q '^ceph-' "/proc/$pid/comm" 2>/dev/null; then kill "$pid" 2>/dev/null || true; fi
  done
  for _ in $(seq 50); do # a daemon removes its pid file when it ends
    compgen -G "$STATE/*.pid" >/dev/null || break
    sleep 0.2
  done
  rm -rf "$STATE"
}

has_osd() { [ -d "$STATE/osd.${1:-}" ] && [ -n "${1:-}" ] || die "no OSD '${1:-}' in $STATE"; }

case ${1:-} in
  up | kill-osd | start-osd | ceph | down) [ "$(id -u)" = 0 ] || die "needs root" ;;
  -h | --help | help) usage; exit ;;
  *) usage >&2; exit 2 ;;
esac
case $1 in
  up) [[ ${2:-3} =~ ^[1-9]$ ]] || die "the OSD count is 1 to 9"; install; down; up "${2:-3}" ;;
  kill-osd) has_osd "${2:-}"; kill -9 "$(cat "$STATE/osd.$2.pid")"; rm -f "$STATE/osd.$2.pid" ;;
  start-osd) has_osd "${2:-}"; run_osd "$2" ;;
  ceph) shift; exec ceph "$@" ;;
  down) down ;;
esac
