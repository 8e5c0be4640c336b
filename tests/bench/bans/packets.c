// SPDX-License-Identifier: GPL-3.0-or-later
// packets SOURCE TARGET PORT COUNT: sends so many TCP segments from SOURCE and prints nanoseconds a packet. The receiving side's
// rules run in the sender's time, because a veth hands over at once. COUNT 0: until it is ended.
#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static unsigned short checksum(const unsigned short* words, int count, unsigned sum)
{
    while (count-- > 0) {
        sum += *words++;
    }
    sum = (sum >> 16) + (sum & 0xFFFF);
    return (unsigned short)~(sum + (sum >> 16));
}

int main(int argc, char** argv)
{
    if (argc != 5) {
        return 2;
    }
    struct {
        struct iphdr ip;
        struct tcphdr tcp;
    } packet;
    memset(&packet, 0, sizeof packet);
    packet.ip.version = 4;
    packet.ip.ihl = 5;
    packet.ip.tot_len = htons(sizeof packet);
    packet.ip.ttl = 64;
    packet.ip.protocol = IPPROTO_TCP;
    packet.ip.saddr = inet_addr(argv[1]);
    packet.ip.daddr = inet_addr(argv[2]);
    packet.tcp.source = htons(40000);
    packet.tcp.dest = htons((unsigned short)atoi(argv[3]));
    packet.tcp.doff = 5;
    packet.tcp.ack = 1;
    packet.tcp.window = htons(1000);
    struct {
        unsigned from, to;
        unsigned char zero, protocol;
        unsigned short length;
    } pseudo = {packet.ip.saddr, packet.ip.daddr, 0, IPPROTO_TCP, htons(sizeof packet.tcp)};
    unsigned sum = 0;
    for (unsigned i = 0; i < sizeof pseudo / 2; ++i) {
        sum += ((unsigned short*)&pseudo)[i];
    }
    packet.tcp.check = checksum((unsigned short*)&packet.tcp, sizeof packet.tcp / 2, sum);
    const int out = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
    const struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = packet.ip.daddr};
    const long count = atol(argv[4]);
    struct timespec begin, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin); // our own time, whatever else the machine does
    for (long i = 0; count == 0 || i < count; ++i) {
        if (sendto(out, &packet, sizeof packet, 0, (const struct sockaddr*)&to, sizeof to) < 0) {
            perror("sendto");
            return 1;
        }
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    printf("%.1f\n", ((double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec)) / (double)count);
    return 0;
}
