// SPDX-License-Identifier: GPL-3.0-or-later
// Linked with every object of the models and without any window library. That it links is the proof; that it runs
// without a display shows that no static object asks for one.
#include <QCoreApplication>

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return 0;
}
