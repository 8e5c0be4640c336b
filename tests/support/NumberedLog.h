// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/LocalSshd.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTest>

namespace mailward::test {

/// A log on this machine, whose lines say their number, so that a test sees each loss and each double.
class NumberedLog
{
public:
    explicit NumberedLog(const QString& folder) : m_path(folder + QStringLiteral("/mail.log")) {}

    void write(int count)
    {
        QByteArray text;
        for (int i = 0; i < count; ++i) {
            text += "Nov 23 14:42:34 mx1 dovecot: imap-login: line " + QByteArray::number(m_written++) + '\n';
        }
        append(text);
    }
    void append(const QByteArray& text) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::Append) && file.write(text) == text.size());
    }
    void rename(const QString& suffix) const { QVERIFY(QFile::rename(m_path, m_path + suffix)); }
    /// As logrotate numbers: .1 becomes .2 and so on, the log itself .1.
    void rotate() const
    {
        int last = 0;
        while (QFile::exists(m_path + QStringLiteral(".%1").arg(last + 1))) {
            ++last;
        }
        for (; last > 0; --last) {
            QVERIFY(QFile::rename(m_path + QStringLiteral(".%1").arg(last), m_path + QStringLiteral(".%1").arg(last + 1)));
        }
        rename(QStringLiteral(".1"));
    }
    void copyTruncate(const QString& suffix) const
    {
        QVERIFY(QFile::copy(m_path, m_path + suffix));
        QVERIFY(QFile::resize(m_path, 0));
    }
    /// As if nothing had happened to it for a while.
    void age(const QString& suffix, int seconds = 60) const
    {
        QFile file(m_path + suffix);
        QVERIFY(file.open(QIODevice::ReadWrite) &&
                file.setFileTime(QDateTime::currentDateTime().addSecs(-seconds),
                                 QFileDevice::FileModificationTime));
    }
    void compress(const QString& suffix) const
    {
        QVERIFY(runTool(QStringLiteral("gzip"), {m_path + suffix}));
    }

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] int written() const { return m_written; }

private:
    QString m_path;
    int m_written = 0;
};

} // namespace mailward::test
