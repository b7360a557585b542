; The Windows installer: for one user, without asking for an administrator.
; makensis -DVERSION=… -DSOURCE=folder -DOUTPUT=file installer.nsi
Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "FileFunc.nsh"

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

!define MUI_ICON "nianbao.ico"
!define MUI_UNICON "nianbao.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\nianbao.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开年报"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只删除程序，您的草稿和导出的文件都留在原处。"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\nianbao"

Section
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  CreateDirectory "$SMPROGRAMS"
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
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
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
  DeleteRegKey HKCU "Software\Classes\.nianbao"
  DeleteRegKey HKCU "Software\nianbao"
  DeleteRegKey HKCU "${UNINSTALL}"
  ${RefreshShellIcons}
  DetailPrint "草稿和导出的文件都留在原处"
SectionEnd
