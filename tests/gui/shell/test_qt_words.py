"""Qt's own parts speak the language of the window."""

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from gui.shell.app import Chainstep
from tests.gui.screen import popups, settle

FOLDER = {"en": "&Look in:", "es": "Ver en:", "zh_CN": "查找范围："}
KINDS = {"en": "Files of &type:", "es": "Ficheros de tipo:", "zh_CN": "文件类型："}


@popups
@pytest.mark.parametrize("language", FOLDER)
def test_the_dialog_for_files_is_in_one_language(program: Chainstep, language: str) -> None:
    for spoken in ("en", "zh_CN", language):
        program.session.set_look(language=spoken)
    dialog = QFileDialog(program.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    settle()
    labels = {one.objectName(): one.text() for one in dialog.findChildren(QLabel)}
    assert labels["lookInLabel"] == FOLDER[language]
    assert labels["fileTypeLabel"] == KINDS[language]
    assert all(labels.values()), "what is not translated is in English, and not away"
    english = {"&Look in:", "File &name:", "Files of &type:"}
    assert language == "en" or not english.intersection(labels.values())
    dialog.close()
