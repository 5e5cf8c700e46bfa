@echo off
rem Windows: find a Python that fits, and let pasang.py do the rest.
setlocal DisableDelayedExpansion
title Kuis Netralitas ASN
set "PYTHON="
set "INSTALLER="
for %%P in ("py -3.14" "py -3.13" "py -3.12" "py -3.11" "python" "python3") do if not defined PYTHON call :try %%~P
if defined PYTHON goto found
pushd "%~dp0"
for %%I in (python-3*-amd64.exe) do set "INSTALLER=%%I"
popd
echo.
echo Python 3.11 sampai 3.14 (64-bit) belum ada di komputer ini.
if defined INSTALLER goto installer
echo Unduh "Windows installer (64-bit)" dari python.org, selagi ada internet, lalu
echo jalankan. Lihat MULAI-DI-SINI.html.
goto failed
:installer
echo Klik dua kali %INSTALLER% di folder ini, pilih "Install Now",
echo tunggu sampai selesai, lalu klik dua kali jalankan.cmd lagi.
goto failed

:found
%PYTHON% -I "%~dp0pasang.py" %*
if %errorlevel% neq 0 goto failed
exit /b 0

:failed
echo.
pause
exit /b 1

:try
%* -I -c "import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 15) and sys.maxsize > 2**32))" >nul 2>nul
if %errorlevel% equ 0 set "PYTHON=%*"
exit /b 0
