// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QByteArray>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// One word of a POSIX shell line: the shell gives back exactly `word`. For every string without NUL bytes.
[[nodiscard]] std::string quoteForShell(std::string_view word);

/// How much of a command's output and time we put up with.
struct CommandLimits
{
    qsizetype maxOut = 64 * 1024 * 1024; ///< bytes of stdout; more is LimitExceeded
    qsizetype maxErr = 64 * 1024;        ///< bytes of stderr kept; more is dropped
};

/// A command for a server: words, never a line put together from pieces. Foreign values go into `stdinData`,
/// or as arguments that are quoted by quoteForShell(), the only such function.
class RemoteCommand
{
public:
    /// A program and its arguments, e.g. {"sudo", "-n", "/usr/local/sbin/mailward-gate"}.
    explicit RemoteCommand(std::initializer_list<std::string_view> words);
    explicit RemoteCommand(std::vector<std::string> words) : m_words(std::move(words)) {}
    /// A constant POSIX sh script of ours; `arguments` are its "$1", "$2" ...
    [[nodiscard]] static RemoteCommand script(std::string_view text,
                                              const std::vector<std::string>& arguments = {});

    [[nodiscard]] const std::vector<std::string>& words() const { return m_words; }

    /// The line for the server's shell: first prints `marker` on both outputs, so that what banners and
    /// start-up files said before it can be dropped, then runs the words in the C locale. InvalidInput: no
    /// words, or a NUL in one.
    [[nodiscard]] Result<std::string> shellLine(std::string_view marker) const;

    QByteArray stdinData;
    std::chrono::milliseconds timeout{60'000}; ///< from start to end
    CommandLimits limits;
    qsizetype window = 0; ///< how much of a long output may be under way at once, where the link takes it; 0: as usual
    bool keepStdinOpen = false; ///< for a command that ends itself when its stdin does: when we are gone

private:
    std::vector<std::string> m_words;
};

/// "mw" and 32 random hex digits: not to be guessed by whoever writes into logs.
[[nodiscard]] std::string newMarker();

} // namespace mailward
