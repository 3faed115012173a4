@echo off
rem Opens the window on the sample; installs first.
cd /d "%~dp0"
call :install || exit /b 1
.venv\Scripts\cohort-explorer.exe %*
exit /b %errorlevel%

:install
if exist .venv\.installed exit /b 0
if not exist .venv\Scripts\python.exe (py -3 -m venv .venv || python -m venv .venv) || (echo Python 3.11 or later is needed and was not found. & exit /b 1)
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || exit /b 1
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e . || exit /b 1
type nul > .venv\.installed
exit /b 0
