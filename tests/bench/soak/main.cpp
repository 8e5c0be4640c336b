// SPDX-License-Identifier: GPL-3.0-or-later
// The window under a person's hands while events pour in. Measures the gaps in which the window answered nobody, and memory.
//   window-soak [SECONDS=600] [EVENTS A SECOND=5000] [any-speed]
// Exit 0: no gap above 100 ms of the window's own work, memory flat but for the events themselves, and no event lost.
#include "Hands.h"
#include "Stream.h"
#include "ui/MainWindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>

using namespace mailward;

namespace {

constexpr double kMostGap = 100;       ///< ms
constexpr double kBytesPerEvent = 140; ///< columns, and what the database and the detectors keep beside them
constexpr double kSlack = 48;          ///< MiB

double residentMiB()
{
    std::ifstream statm("/proc/self/statm");
    double pages = 0;
    statm >> pages >> pages;
    return pages * 4096 / 1048576;
}

double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// A timer that should come every few milliseconds: how late it is, by the clock on the wall and by the thread's own work.
class Heartbeat final : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            wall.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_clock.restart();
            const double now = threadMs();
            own.push_back(now - m_worked);
            m_worked = now;
        });
        m_clock.start();
        m_worked = threadMs();
        m_timer.start(4);
    }
    std::vector<double> wall, own;

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_worked = 0;
};

void report(const char* what, std::vector<double> gaps)
{
    std::sort(gaps.begin(), gaps.end());
    const auto at = [&](double share) { return gaps[static_cast<std::size_t>(share * static_cast<double>(gaps.size() - 1))]; };
    std::printf("%-42s median %6.1f   99 %% %6.1f   99.9 %% %6.1f   longest %6.1f ms; %td above %.0f ms\n", what, at(0.5), at(0.99), at(0.999), gaps.back(),
                gaps.end() - std::upper_bound(gaps.begin(), gaps.end(), kMostGap), kMostGap);
}

void waitFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 600;
    const auto rate = static_cast<std::uint64_t>(argc > 2 ? std::atoi(argv[2]) : 5000);
    QTemporaryDir home;
    StartOptions options;
    options.home = home.path();
    auto made = Wiring::make(options);
    if (!made) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(made.error().text));
        return 1;
    }
    const auto wiring = std::move(*made);
    wiring->start();
    auto stream = std::make_unique<Stream>(wiring->store(), rate);
    const Hands hands(*wiring);
    const int warmUp = std::min(60, seconds / 5);
    waitFor(warmUp * 1000);
    const Heartbeat heart;
    const double before = residentMiB();
    const std::uint64_t begun = stream->events();
    waitFor((seconds - warmUp) * 1000);
    const double grown = residentMiB() - before;
    const auto came = static_cast<double>(stream->events() - begun);
    const bool failed = stream->failed();
    const std::uint64_t fed = [&] {
        const std::uint64_t all = stream->events();
        stream.reset();
        return std::max(all, wiring->store().snapshot()->rows());
    }();
    std::printf("%d s, %.0f events a second, %d clicks and keys, %zu beats\n", seconds, came / (seconds - warmUp), hands.done(), heart.wall.size());
    report("window silent, wall clock", heart.wall);
    report("window busy with itself, processor time", heart.own);
    std::printf("memory grew by %.1f MiB after warm-up, with %.0f events: %.0f bytes an event\n", grown, came, came > 0 ? grown * 1048576 / came : 0);
    const bool kept = wiring->store().snapshot()->rows() == fed && !failed;
    const bool quick = *std::max_element(heart.own.begin(), heart.own.end()) <= kMostGap;
    const bool flat = grown <= came * kBytesPerEvent / 1048576 + kSlack;
    std::printf("%s, %s, %s\n", kept ? "every event is there" : "EVENTS ARE MISSING", quick ? "never busy for longer than 100 ms" : "TOO LONG BUSY", flat ? "memory is flat" : "MEMORY GROWS");
    wiring->window().close();
    const bool anySpeed = argc > 3 && std::string_view(argv[3]) == "any-speed";
    return kept && (anySpeed || (quick && flat)) ? 0 : 1;
}
