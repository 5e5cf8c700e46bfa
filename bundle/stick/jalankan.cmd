@echo off
rem Windows: find a Python that fits, and let pasang.py do the rest.
setlocal DisableDelayedExpansion
title Kuis Netralitas ASN
for %%P in ("py -3.14" "py -3.13" "py -3.12" "py -3.11" "python" "python3") do call :try %%~P && goto found
set "INSTALLER="
for %%I in ("%~dp0python-3.1?.*-amd64.exe") do set "INSTALLER=%%~nxI"
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
if errorlevel 1 goto failed
exit /b 0

:failed
echo.
pause
exit /b 1

:try
%* -I -c "import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 15) and sys.maxsize > 2**32))" >nul 2>nul
if errorlevel 1 exit /b 1
set "PYTHON=%*"
exit /b 0
