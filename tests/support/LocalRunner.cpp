// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/LocalRunner.h"

#include <QProcess>

namespace mailward::test {

class LocalStream final : public CommandStream
{
public:
    LocalStream(const RemoteCommand& command, LocalRunner& runner) : m_runner(runner)
    {
        QStringList words;
        for (const std::string& word : command.words()) {
            words.append(QString::fromStdString(word));
        }
        m_process.setProcessEnvironment([] {
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
            return environment;
        }());
        m_process.start(words.takeFirst(), words);
        m_process.write(command.stdinData);
        if (!command.keepStdinOpen) {
            m_process.closeWriteChannel();
        }
    }

    ~LocalStream() override
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(200)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    Result<QByteArray> read(qsizetype maxBytes, std::chrono::milliseconds wait) override
    {
        if (m_process.bytesAvailable() == 0 && m_process.state() != QProcess::NotRunning) {
            m_process.waitForReadyRead(static_cast<int>(wait.count()));
        }
        QByteArray part = m_process.read(maxBytes);
        if (m_runner.m_left >= 0) {
            if (m_runner.m_left == 0) {
                return failure(ErrorCode::Network, QStringLiteral("The link was cut."));
            }
            part.truncate(m_runner.m_left);
            m_runner.m_left -= part.size();
        }
        m_runner.carried += part.size();
        return part;
    }

    Result<void> write(const QByteArray& bytes) override
    {
        m_process.write(bytes);
        return {};
    }

    bool atEnd() const override
    {
        return m_process.state() == QProcess::NotRunning && m_process.bytesAvailable() == 0;
    }

    Result<CommandOutput> finish() override
    {
        m_process.waitForFinished();
        return CommandOutput{{}, m_process.readAllStandardError(), m_process.exitCode()};
    }

private:
    LocalRunner& m_runner;
    QProcess m_process;
};

Result<CommandOutput> LocalRunner::run(const RemoteCommand& command)
{
    auto stream = start(command);
    return stream ? collect(**stream, command, {}) : tl::unexpected(stream.error());
}

Result<std::unique_ptr<CommandStream>> LocalRunner::start(const RemoteCommand& command)
{
    if (meanwhile) {
        meanwhile();
    }
    ++commands;
    if (m_left == 0) {
        return failure(ErrorCode::Network, QStringLiteral("The link was cut."));
    }
    return std::make_unique<LocalStream>(command, *this);
}

} // namespace mailward::test
