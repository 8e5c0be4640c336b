// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/TerminalSecret.h"

#include <QByteArray>
#include <array>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace mailward::cli {

namespace {

/// Byte by byte: what stands behind the line is somebody else's.
Secret lineOf(int fd)
{
    std::array<char, 1024> line{};
    std::size_t size = 0;
    while (size < line.size() && ::read(fd, line.data() + size, 1) == 1 && line[size] != '\n') {
        ++size;
    }
    return Secret::takeFrom(line.data(), size);
}

/// The terminal with echo off, back as it was at the end.
class QuietTerminal
{
public:
    QuietTerminal() : m_fd(::open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
        if (m_fd >= 0 && ::tcgetattr(m_fd, &m_before) == 0) {
            termios quiet = m_before;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            m_changed = ::tcsetattr(m_fd, TCSAFLUSH, &quiet) == 0;
        }
    }
    ~QuietTerminal()
    {
        if (m_changed) {
            ::tcsetattr(m_fd, TCSAFLUSH, &m_before);
        }
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

    [[nodiscard]] bool isOpen() const { return m_changed; }
    void say(const QByteArray& text) const { [[maybe_unused]] const auto written = ::write(m_fd, text.constData(), static_cast<std::size_t>(text.size())); }
    [[nodiscard]] Secret readLine() const { return lineOf(m_fd); }

private:
    int m_fd = -1;
    termios m_before{};
    bool m_changed = false;
};

QString question(const SecretRequest& request)
{
    switch (request.kind) {
    case SecretRequest::Kind::Passphrase: return QStringLiteral("Passphrase of the key for %1: ").arg(request.endpoint);
    case SecretRequest::Kind::Password: return QStringLiteral("Password of %1: ").arg(request.endpoint);
    case SecretRequest::Kind::Challenge: return QStringLiteral("%1 asks: %2 ").arg(request.endpoint, request.prompt.plain());
    }
    return {};
}

} // namespace

SecretSource terminalSecrets()
{
    return [](const SecretRequest& request) { return askTerminal(question(request)); };
}

std::optional<Secret> askTerminal(const QString& question)
{
    const QuietTerminal terminal;
    if (!terminal.isOpen()) {
        return std::nullopt;
    }
    terminal.say(question.toUtf8());
    Secret secret = terminal.readLine();
    terminal.say("\n");
    return secret;
}

std::optional<Secret> readSecret(int fd)
{
    Secret secret = lineOf(fd);
    return secret.isEmpty() ? std::nullopt : std::optional<Secret>(std::move(secret));
}

} // namespace mailward::cli
