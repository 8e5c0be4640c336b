// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/EventsCommand.h"

#include "app/cli/Arguments.h"
#include "app/cli/EventWriter.h"
#include "app/cli/LogOptions.h"
#include "models/core/UntrustedText.h"

#include <cstdio>

namespace mailward::cli {

namespace {

constexpr std::size_t kWriteSize = 64 * 1024;

/// stdout in large pieces. False once nobody reads any more.
class Output
{
public:
    ~Output() { flush(); }
    std::string& text() { return m_text; }
    bool flushIfLarge() { return m_text.size() < kWriteSize || flush(); }
    bool flush()
    {
        const bool written = std::fwrite(m_text.data(), 1, m_text.size(), stdout) == m_text.size();
        m_text.clear();
        return written;
    }

private:
    std::string m_text;
};

QByteArray unknownJson(const std::vector<UnknownSample>& samples)
{
    QByteArray out("[");
    for (const auto& sample : samples) {
        out += out.size() > 1 ? ",{\"program\":" : "{\"program\":";
        out += sample.program.empty() ? QByteArray("null") : jsonString(UntrustedText(sample.program).json());
        out += ",\"count\":" + QByteArray::number(static_cast<qulonglong>(sample.count));
        out += ",\"sample\":" + jsonString(UntrustedText(sample.sample).json()) + '}';
    }
    return out + ']';
}

void printTotals(const Context& context, const LogTotals& totals)
{
    const auto number = [](std::uint64_t n) { return static_cast<qint64>(n); };
    if (context.json) {
        JsonLine()
            .number("lines", number(totals.lines))
            .number("events", number(totals.events))
            .number("boring", number(totals.boring))
            .number("unknown", number(totals.unknown))
            .number("failed_attempts", number(totals.failures))
            .number("successes", number(totals.successes))
            .number("match_limit", number(totals.limited))
            .number("cut_lines", number(totals.cut))
            .number("future", number(totals.future))
            .json("unknown_by_program", unknownJson(totals.samples))
            .print();
        return;
    }
    std::printf("lines %llu\nevents %llu\nboring %llu\nunknown %llu\nfailed attempts %llu\nsuccesses %llu\n",
                static_cast<unsigned long long>(totals.lines), static_cast<unsigned long long>(totals.events),
                static_cast<unsigned long long>(totals.boring), static_cast<unsigned long long>(totals.unknown),
                static_cast<unsigned long long>(totals.failures), static_cast<unsigned long long>(totals.successes));
    for (const auto& sample : totals.samples) {
        std::printf("  unknown %-24s %8llu  %s\n", qUtf8Printable(UntrustedText(sample.program).plain(40)),
                    static_cast<unsigned long long>(sample.count), qUtf8Printable(UntrustedText(sample.sample).plain(160)));
    }
}

} // namespace

int runEvents(const Context& context)
{
    const auto arguments = readArguments(context.words, {logOptionsWithValue(), logSwitches()});
    if (!arguments) {
        return wrongUse(arguments.error());
    }
    const auto options = readLogOptions(*arguments);
    if (!options) {
        return wrongUse(options.error());
    }
    const auto rules = loadRules(context);
    if (!rules) {
        return printError(rules.error());
    }
    std::vector<std::string> names;
    for (const QString& file : options->files) {
        names.push_back(jsonString(file).toStdString());
    }
    Output output;
    const auto print = [&](const Event& event) {
        if (context.json) {
            appendEventJson(event, names[event.line.file.value()], output.text());
        } else {
            appendEventRow(event, output.text());
        }
        return output.flushIfLarge();
    };
    const auto totals = LogFiles(*rules, options->stream).read(options->files, options->countOnly ? LogFiles::Sink() : print);
    if (!totals) {
        return printError(totals.error());
    }
    output.flush();
    if (options->countOnly) {
        printTotals(context, *totals);
    } else if (totals->unknown > 0) {
        std::fprintf(stderr, "mailward-cli: %llu of %llu lines are unknown to every rule (--count names them by program)\n",
                     static_cast<unsigned long long>(totals->unknown), static_cast<unsigned long long>(totals->lines));
    }
    return printProblems(*totals) ? kFailed : kDone;
}

} // namespace mailward::cli
