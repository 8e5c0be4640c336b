// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ConnectionView.h"

#include <QDialog>

namespace mailward {

/// Shows a server's key. An unknown one can be accepted after a look; a changed or revoked one stops everything: that
/// form of the dialog has no way on.
class HostKeyDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit HostKeyDialog(HostKeyView key, QWidget* parent = nullptr);

signals:
    /// The person compared the fingerprint and accepts this key for this server.
    void acceptRequested(const mailward::HostKeyView& key);

private:
    HostKeyView m_key;
};

} // namespace mailward
