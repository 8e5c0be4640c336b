#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The body of one host: PID 1 of its own pid, mount, uts and network namespaces.
# Its root is an overlay of the machine's: every daemon keeps its usual paths, and nothing that it writes leaves memory.
set -eu

name=$1 dir=$2 label=$3
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
exec </dev/null >>"$dir/boot.log" 2>&1

build_root() {
    mkdir -p "$dir/scratch" "$dir/root"
    mount -t tmpfs -o size=1g,mode=755 "$label" "$dir/scratch"
    mkdir "$dir/scratch/upper" "$dir/scratch/work"
    cp -a "$dir/stage/." "$dir/scratch/upper"
    mount -t overlay "$label" -o "lowerdir=/,upperdir=$dir/scratch/upper,workdir=$dir/scratch/work" "$dir/root"
    cd "$dir/root"
    # What is no part of a server (a checkout, someone's home) is not there.
    for place in *; do
        case $place in
        bin | boot | dev | etc | lib | lib32 | lib64 | libx32 | mnt | opt | proc | sbin | srv | sys | usr | var) ;;
        *) if [ -d "$place" ] && [ ! -L "$place" ]; then mount -t tmpfs -o mode=755 "$label" "$place"; fi ;;
        esac
    done
    chmod 1777 tmp
    mount -t tmpfs -o mode=1777 "$label" var/tmp
    cp -a "$dir/homes/root/." root
    cp -a "$dir/homes/home/." home
    mount -t proc proc proc
    mount -t sysfs sysfs sys
}

# devtmpfs is one per machine: two hosts would share, and delete, one /dev/log.
build_dev() {
    mount -t tmpfs -o mode=755 "$label" dev
    mknod -m 666 dev/null c 1 3
    mknod -m 666 dev/zero c 1 5
    mknod -m 666 dev/full c 1 7
    mknod -m 666 dev/random c 1 8
    mknod -m 666 dev/urandom c 1 9
    mknod -m 666 dev/tty c 5 0
    mkdir dev/pts dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
    mount -t tmpfs -o mode=1777 "$label" dev/shm
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    ln -s /proc/self/fd/0 dev/stdin
    ln -s /proc/self/fd/1 dev/stdout
    ln -s /proc/self/fd/2 dev/stderr
}

start_daemons() {
    mkdir -p /run/sshd /run/lock
    rm -rf /var/spool/postfix/dev/log
    rsyslogd
    /usr/sbin/sshd
    dovecot
    postfix start
}

hostname "$name"
build_root
build_dev
pivot_root . mnt
cd /
umount -l /mnt
start_daemons
# PID 1 inherits orphans and must reap them: bash does while it waits.
set +e
while :; do
    sleep 3600 &
    wait $!
done
