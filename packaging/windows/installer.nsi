; The Windows installer: for one user, without asking for an administrator.
; makensis -DVERSION=… -DSOURCE=folder -DOUTPUT=file installer.nsi
Unicode true
Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

Name "年报"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\nianbao"
InstallDirRegKey HKCU "Software\nianbao" "Folder"
BrandingText "年报 ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "年报"
VIAddVersionKey /LANG=2052 "FileDescription" "年报安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT OR Apache-2.0"

!define KEPT "只删除程序。草稿、导出的文件、历史版本和设置都留在原处。"
!define MUI_ICON "nianbao.ico"
!define MUI_UNICON "nianbao.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\nianbao.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开年报"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${KEPT}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\nianbao"

; A program that runs cannot be replaced: it must be closed first.
!macro CLOSED
  ${If} ${FileExists} "$INSTDIR\nianbao.exe"
    ${Do}
      ClearErrors
      FileOpen $0 "$INSTDIR\nianbao.exe" a
      ${IfNot} ${Errors}
        FileClose $0
        ${ExitDo}
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "年报正在运行，保存草稿并关闭窗口以后再试" /SD IDCANCEL IDRETRY +2
      Abort
    ${Loop}
  ${EndIf}
!macroend

Section
  !insertmacro CLOSED
  SetOutPath "$INSTDIR"
  File "${SOURCE}\*"
  CreateShortcut "$SMPROGRAMS\年报.lnk" "$INSTDIR\nianbao.exe"
  CreateShortcut "$DESKTOP\年报.lnk" "$INSTDIR\nianbao.exe"
  WriteRegStr HKCU "Software\nianbao" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.nianbao" "" "nianbao.draft"
  WriteRegStr HKCU "Software\Classes\nianbao.draft" "" "年报草稿"
  WriteRegStr HKCU "Software\Classes\nianbao.draft\DefaultIcon" "" "$INSTDIR\nianbao.exe,0"
  WriteRegStr HKCU "Software\Classes\nianbao.draft\shell\open\command" "" '"$INSTDIR\nianbao.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "年报"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\nianbao.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "nianbao"
  WriteRegStr HKCU "${UNINSTALL}" "Comments" "卸载${KEPT}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  !insertmacro CLOSED
  ; Only what was installed is removed: a draft that somebody saved in the folder stays.
  Delete "$INSTDIR\nianbao.exe"
  Delete "$INSTDIR\nianbao.com"
  Delete "$INSTDIR\manual.html"
  Delete "$INSTDIR\LICENSE-MIT.txt"
  Delete "$INSTDIR\LICENSE-APACHE.txt"
  Delete "$INSTDIR\OFL.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\年报.lnk"
  Delete "$DESKTOP\年报.lnk"
  DeleteRegKey HKCU "Software\Classes\nianbao.draft"
  ; Another program may have taken the ending over.
  ReadRegStr $0 HKCU "Software\Classes\.nianbao" ""
  ${If} $0 == "nianbao.draft"
    DeleteRegKey HKCU "Software\Classes\.nianbao"
  ${EndIf}
  DeleteRegKey HKCU "Software\nianbao"
  DeleteRegKey HKCU "${UNINSTALL}"
  ${RefreshShellIcons}
  SetDetailsView show
  DetailPrint "${KEPT}"
SectionEnd
