@echo off
rem Puts a link to the other file into the menu that a right click on a file shows under "Send to".
chcp 65001 >nul
set "TARGET=%~dp0检查年报.bat"
powershell -NoProfile -Command "$link = (New-Object -ComObject WScript.Shell).CreateShortcut([Environment]::GetFolderPath('SendTo') + '\检查年报.lnk'); $link.TargetPath = $env:TARGET; $link.Save()"
if errorlevel 1 (echo 没有加成，可以把文件拖到“检查年报.bat”上。) else (echo 已经加好：右键点年报，选“发送到”，再选“检查年报”。)
pause
