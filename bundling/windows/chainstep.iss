; The installer for Windows, by Inno Setup 6: for one user, without an administrator.
; ISCC.exe /DVersion=1.2.3 bundling\windows\chainstep.iss, after `python run.py bundle`.

#ifndef Version
  #error Give the version: /DVersion=1.2.3
#endif

[Setup]
AppId={{5D2E3B0C-6B0E-4E2E-9E0F-5B7C1F0A7C15}
AppName=Chainstep
AppVersion={#Version}
AppPublisher=The authors of Chainstep
DefaultDirName={autopf}\Chainstep
DefaultGroupName=Chainstep
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2/max
SolidCompression=yes
SetupIconFile=..\frozen\made\chainstep.ico
UninstallDisplayIcon={app}\chainstep.exe
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=Chainstep-{#Version}-setup

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Files]
Source: "..\..\dist\chainstep\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; Of an older version nothing may stay.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Chainstep"; Filename: "{app}\chainstep.exe"; AppUserModelID: "io.github.chainstep.Chainstep"

[Registry]
Root: HKA; Subkey: "Software\Classes\.chainstep"; ValueType: string; ValueData: "Chainstep.Experiment"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Chainstep.Experiment"; ValueType: string; ValueData: "Chainstep experiment"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Chainstep.Experiment\DefaultIcon"; ValueType: string; ValueData: "{app}\chainstep.exe,0"
Root: HKA; Subkey: "Software\Classes\Chainstep.Experiment\shell\open\command"; ValueType: string; ValueData: """{app}\chainstep.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.chainstep-lesson"; ValueType: string; ValueData: "Chainstep.Lesson"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Chainstep.Lesson"; ValueType: string; ValueData: "Chainstep lesson"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Chainstep.Lesson\DefaultIcon"; ValueType: string; ValueData: "{app}\chainstep.exe,0"
Root: HKA; Subkey: "Software\Classes\Chainstep.Lesson\shell\open\command"; ValueType: string; ValueData: """{app}\chainstep.exe"" ""%1"""

[Run]
Filename: "{app}\chainstep.exe"; Description: "{cm:LaunchProgram,Chainstep}"; Flags: nowait postinstall skipifsilent
