#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# gatehost.sh NAME: a server for tests of the helper. Network namespaces NAME (192.0.2.11, 2001:db8:1::11) and NAME-c (clients:
# 198.51.100.0/24, 203.0.113.0/24 and 2001:db8:bad::/48 are theirs), a private /run, /etc and process tree. Prints the
# process id to enter with "nsenter -t PID -m -n -p", and lasts until its standard input ends. Needs root.
set -eu
name=$1
trap 'ip netns del "$name" 2>/dev/null || :; ip netns del "$name-c" 2>/dev/null || :' EXIT
trap 'exit 1' HUP INT TERM
ip netns add "$name"
ip netns add "$name-c"
ip link add name eth0 netns "$name" type veth peer name eth0 netns "$name-c"
ip -n "$name" addr add 192.0.2.11/24 dev eth0
ip -n "$name-c" addr add 192.0.2.1/24 dev eth0
ip -n "$name" addr add 2001:db8:1::11/64 dev eth0 nodad
ip -n "$name-c" addr add 2001:db8:1::1/64 dev eth0 nodad
for host in "$name" "$name-c"; do ip -n "$host" link set lo up; ip -n "$host" link set eth0 up; done
ip -n "$name" route add default via 192.0.2.1
ip -n "$name" -6 route add default via 2001:db8:1::1
ip -n "$name-c" route add local 198.51.100.0/24 dev lo
ip -n "$name-c" route add local 203.0.113.0/24 dev lo
ip -n "$name-c" -6 route add local 2001:db8:bad::/48 dev lo
ip netns exec "$name-c" sysctl -qw net.ipv6.ip_nonlocal_bind=1
# The body: only what is mounted here is private; a reaping first process, for the timers that the helper leaves behind.
# shellcheck disable=SC2016
ip netns exec "$name" unshare -m -p --fork --kill-child --mount-proc sh -c '
  mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir /run/o /run/o/up /run/o/work &&
  mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/o/up,workdir=/run/o/work /etc && rm -rf /etc/mailward &&
  while :; do sleep 3600 & wait $!; done' </dev/null >/dev/null 2>&1 &
outer=$!
trap 'kill -9 $outer 2>/dev/null || :; ip netns del "$name" 2>/dev/null || :; ip netns del "$name-c" 2>/dev/null || :' EXIT
tries=0
inner=
until [ -n "$inner" ] && [ -e "/proc/$inner/root/run/o/work" ] && grep -q ' /etc overlay ' "/proc/$inner/mounts"; do
  inner=$(tr -d ' ' <"/proc/$outer/task/$outer/children" 2>/dev/null || :)
  tries=$((tries + 1)); [ $tries -lt 100 ] || exit 1
  sleep 0.05
done
echo "$inner"
cat >/dev/null
