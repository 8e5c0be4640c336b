// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QStringList>
#include <tl/expected.hpp>

namespace mailward {

/// The words that the console was started with.
struct StartOptions {
    bool demo = false;    ///< the bundled incident, in folders of its own that go at the end
    QString home;         ///< folder of profiles, database, journal and audit; empty: the user's
    QStringList files;    ///< log files to import at the start
    QString grab;         ///< save a picture of the window here when all is loaded, then quit
    QString summary;      ///< and what it shows, as text, here
    QString theme;        ///< "light", "dark" or empty
    QString page;         ///< name of the page to open
    QString filter;       ///< to begin with, in the language of the filter field
    QSize size;           ///< of the window; invalid: as it was
    int confirmWithin = 60; ///< seconds, 5 to 600: how long a change waits for a person before the servers undo it
    QString program;      ///< this program, to check foreign files in a child process; empty: geography cannot be imported
    bool help = false;
    bool version = false;

    /// The error is a sentence about wrong use.
    [[nodiscard]] static tl::expected<StartOptions, QString> read(const QStringList& words);
    [[nodiscard]] static QString helpText();
};

} // namespace mailward
