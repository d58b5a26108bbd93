@echo off
rem Files and folders that are dropped on this file are checked; the result opens by itself.
chcp 65001 >nul
set PYTHON=python
where py >nul 2>nul && set PYTHON=py -3
%PYTHON% --version >nul 2>nul
if errorlevel 1 (
  echo 请先安装 Python：https://www.python.org/downloads/windows/
  pause
  exit /b 1
)
%PYTHON% "%~dp0..\run.py" open %*
if errorlevel 1 pause
